"""What is worked out once and kept, also when several readers ask for it at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from functools import wraps
from threading import Lock
from typing import Any, Generic, TypeVar

Made = TypeVar("Made")


def kept(most: int) -> Callable[[Callable[..., Made]], Callable[..., Made]]:
    """Keep the newest results of a function by its arguments, which must be hashable.

    As ``functools.lru_cache``, but who asks for what is being worked out waits for it: after
    an upload all readers want the same assessment at once, and working it out side by side
    makes each of them wait for all. Nothing is kept of an attempt that raised; where the reader
    who made it was called away (he left the page), one of those who wait makes the next.

    Args:
        most: Results kept; the one not asked for longest goes first.
    """

    def keeping(make: Callable[..., Made]) -> Callable[..., Made]:
        keeper = _Keeper(make, most)

        @wraps(make)
        def made(*asked: Any) -> Made:
            return keeper.result_of(asked)

        return made

    return keeping


class _Keeper(Generic[Made]):
    """The newest results of one function, and those being worked out."""

    def __init__(self, make: Callable[..., Made], most: int) -> None:
        self._make = make
        self._most = most
        self._results: dict[tuple[Hashable, ...], Future[Made]] = {}
        self._lock = Lock()

    def result_of(self, asked: tuple[Hashable, ...]) -> Made:
        """The result, made by this reader or by the one who asked first."""
        while True:
            future, begun = self._place_of(asked)
            if not begun:
                return self._work_out(asked, future)
            with suppress(CancelledError):
                return future.result()

    def _place_of(self, asked: tuple[Hashable, ...]) -> tuple[Future[Made], bool]:
        """Where the result stands or will stand, and whether somebody works it out."""
        with self._lock:
            future = self._results.pop(asked, None)
            begun = future is not None
            future = self._results[asked] = future or Future()  # the newest stands last
            if len(self._results) > self._most:
                del self._results[next(iter(self._results))]
        return future, begun

    def _work_out(self, asked: tuple[Hashable, ...], future: Future[Made]) -> Made:
        """Make the result, for those who wait for it too."""
        try:
            future.set_result(self._make(*asked))
        except BaseException as error:
            with self._lock:
                if self._results.get(asked) is future:
                    del self._results[asked]
            if isinstance(error, Exception):
                future.set_exception(error)
            else:  # this reader was called away; the others still want it
                future.cancel()
            raise
        return future.result()
