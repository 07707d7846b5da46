"""How a template looks: one place for its colours, number formats and widths."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

_INK, _MUTED, _RULE = "#1F2328", "#57606A", "#D0D7DE"
_INPUT, _KNOWN = "#FFF6CC", "#F0F1F3"
_WRONG, _WRONG_INK = "#F9C6C1", "#7A0C12"
_NUMBERS = {"percent": "0.0##", "fte": "0.0#"}
_USUAL_NUMBER = "#,##0"

_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 15},
    "text": {},
    "step": {"text_wrap": True, "valign": "top"},
    "muted": {"font_color": _MUTED},
    "heading": {"bold": True, "bottom": 1, "bottom_color": _INK, "valign": "bottom"},
    "quarter": {"bold": True, "bottom": 1, "bottom_color": _INK, "align": "right"},
    "section": {"bold": True, "font_size": 12},
    "label": {"bottom": 4, "bottom_color": _RULE},
    "total": {"bold": True, "top": 1, "top_color": _MUTED},
    "warning": {"bold": True, "text_wrap": True, "font_color": _WRONG_INK, "bg_color": _WRONG},
}
_CELLS: dict[str, dict[str, Any]] = {
    "input": {"bg_color": _INPUT, "border": 1, "border_color": _RULE, "locked": False},
    "known": {"bg_color": _KNOWN, "font_color": _MUTED, "border": 1, "border_color": _RULE},
    "computed": {"bold": True, "top": 1, "top_color": _MUTED},
}


class Look:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._formats: dict[tuple[str, str], Format] = {}

    def writing(self, name: str) -> Format:
        """The format of a text."""
        return self._format(name, "", _LOOKS[name])

    def figure(self, name: str, unit: str) -> Format:
        """The format of a figure: to fill in, known or computed."""
        number = _NUMBERS.get(unit, _USUAL_NUMBER)
        return self._format(name, number, {**_CELLS[name], "num_format": number})

    def wrong(self) -> Format:
        """What a check that fails puts over its cell."""
        return self._format("wrong", "", {"bg_color": _WRONG, "font_color": _WRONG_INK})

    def _format(self, name: str, number: str, properties: dict[str, Any]) -> Format:
        key = (name, number)
        if key not in self._formats:
            usual = {} if name == "wrong" else {"font_name": "Calibri", "font_color": _INK}
            self._formats[key] = self._book.add_format({**usual, **properties})
        return self._formats[key]
