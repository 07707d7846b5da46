"""Nothing is worked out twice, whoever asks for it and when."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from smartfin.services.kept import kept


def test_what_is_kept_is_worked_out_once() -> None:
    asked: list[int] = []

    @kept(2)
    def squared(number: int) -> int:
        asked.append(number)
        return number * number

    assert [squared(number) for number in (2, 3, 2, 3)] == [4, 9, 4, 9]
    assert asked == [2, 3]


def test_the_one_not_asked_for_longest_goes_first() -> None:
    asked: list[int] = []

    @kept(2)
    def same(number: int) -> int:
        asked.append(number)
        return number

    for number in (1, 2, 1, 3, 1, 2):
        same(number)

    assert asked == [1, 2, 3, 2]


def test_who_asks_meanwhile_waits_for_the_same_result() -> None:
    begun, go_on, made = Event(), Event(), []

    @kept(2)
    def slow(name: str) -> str:
        made.append(name)
        begun.set()
        assert go_on.wait(5)
        return name

    with ThreadPoolExecutor(3) as readers:
        first = readers.submit(slow, "board")
        assert begun.wait(5)
        others = [readers.submit(slow, "board") for _ in range(2)]
        go_on.set()
        assert [each.result(5) for each in (first, *others)] == ["board"] * 3

    assert made == ["board"]


def test_an_attempt_that_raised_is_made_again() -> None:
    answers = iter((ValueError("disk"), None))

    @kept(2)
    def once_broken() -> str:
        answer = next(answers)
        if answer:
            raise answer
        return "fine"

    with pytest.raises(ValueError, match="disk"):
        once_broken()
    assert once_broken() == "fine"


def test_who_is_called_away_leaves_the_work_to_those_who_wait() -> None:
    class LeftThePageError(BaseException):
        """What ends a reader's run of a page; no error of the work."""

    begun, go_on, made = Event(), Event(), []

    @kept(2)
    def slow(name: str) -> str:
        made.append(name)
        if len(made) == 1:
            begun.set()
            assert go_on.wait(5)
            raise LeftThePageError
        return name

    with ThreadPoolExecutor(2) as readers:
        first = readers.submit(slow, "board")
        assert begun.wait(5)
        other = readers.submit(slow, "board")
        go_on.set()
        with pytest.raises(LeftThePageError):
            first.result(5)
        assert other.result(5) == "board"

    assert made == ["board", "board"]
