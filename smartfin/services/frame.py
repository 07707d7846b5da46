"""The frame around every page: meetings to go back to, and what waits for approval."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from smartfin.services.approval import waiting_submissions
from smartfin.services.start import Smartfin, end_of_day
from smartfin.store import Basis
from smartfin.wording import Words


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting whose knowledge can be looked at again.

    Args:
        name: As it was pinned.
        as_of: Day or moment, as pages and commands take it.
        label: Name and day in words.
    """

    name: str
    as_of: date
    label: str


@dataclass(frozen=True, slots=True)
class FrameView:
    """What the frame says.

    Args:
        meetings: The pinned ones, newest first.
        as_of_text: Of what day the page is, in words.
        waiting: How many submissions wait for approval, in words; empty when none does.
    """

    meetings: tuple[Meeting, ...]
    as_of_text: str
    waiting: str


def frame_view(
    smartfin: Smartfin,
    words: Words,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> FrameView:
    """The frame of a page of a day.

    Meetings are those pinned by now: the way back must not depend on where one stands.
    """
    meetings = tuple(_meeting(words, pin.name, pin.moment) for pin in smartfin.ledger.pins())
    count = len(waiting_submissions(smartfin, end_of_day(as_of)))
    return FrameView(
        meetings=meetings,
        as_of_text=_as_of_text(words, as_of, meetings),
        waiting=words.plural(f"approval.waiting-{basis}", count) if count else "",
    )


def bare_frame(words: Words, as_of: date | None) -> FrameView:
    """The frame of a page without a ledger."""
    return FrameView((), _as_of_text(words, as_of, ()), "")


def _meeting(words: Words, name: str, moment: datetime) -> Meeting:
    """A meeting; one pinned at the end of a day is of that day."""
    day = moment.date()
    as_of = day if moment == end_of_day(day) else moment
    return Meeting(name, as_of, words.text("frame.asof.pin", name=name, day=as_of))


def _as_of_text(words: Words, as_of: date | None, meetings: tuple[Meeting, ...]) -> str:
    if as_of is None:
        return words.text("frame.asof.today")
    for meeting in meetings:
        if meeting.as_of == as_of:
            return words.text("frame.asof.pinned", name=meeting.name, day=as_of)
    return words.text("frame.asof.chosen", day=as_of)
