"""What is worked out once and kept, also when several readers ask for it at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from functools import wraps
from threading import Lock
from typing import Any, TypeVar

Made = TypeVar("Made")


def kept(most: int) -> Callable[[Callable[..., Made]], Callable[..., Made]]:
    """Keep the newest results of a function by its arguments, which must be hashable.

    As ``functools.lru_cache``, but who asks for what is being worked out waits for it: after
    an upload all readers want the same assessment at once, and working it out side by side
    makes each of them wait for all. Nothing is kept of an attempt that raised.

    Args:
        most: Results kept; the one not asked for longest goes first.
    """

    def keeping(make: Callable[..., Made]) -> Callable[..., Made]:
        results: dict[tuple[Hashable, ...], Future[Made]] = {}
        lock = Lock()

        @wraps(make)
        def made(*asked: Any) -> Made:
            with lock:
                future = results.pop(asked, None)
                begun = future is not None
                future = results[asked] = future or Future()  # the newest stands last
                if len(results) > most:
                    del results[next(iter(results))]
            if begun:
                return future.result()
            try:
                future.set_result(make(*asked))
            except BaseException as error:
                with lock:
                    if results.get(asked) is future:
                        del results[asked]
                future.set_exception(error)
                raise
            return future.result()

        return made

    return keeping
