"""Every number is a link to where it comes from."""

from __future__ import annotations

from html import escape
from urllib.parse import quote, urlencode

from smartfin.services.view import Cell
from smartfin.ui.markup import text
from smartfin.ui.state import Key, Page, here, kept_everywhere
from smartfin.wording import Words


class Numbers:
    """Writes the numbers of one table or tile, each as the link that explains it.

    Args:
        words: Of the reader's language.
    """

    def __init__(self, words: Words) -> None:
        self._title = words.text("explain.link")
        self._selection = ""

    def markup(self, cell: Cell) -> str:
        """A cell's text; a link where it has a source."""
        return self.link(cell.text, cell.source)

    def link(self, shown: str, source: str) -> str:
        """Some words that open a number; the words alone where there is none."""
        if not source:
            return text(shown)
        # Hundreds of numbers stand on a page, so the link is put together by hand.
        attributes = f'class="sf-source" href="{escape(self._address(source))}"'
        return f'<a {attributes} title="{escape(self._title)}">{escape(shown)}</a>'

    def _address(self, source: str) -> str:
        partner, quarter, figure, *money = source.split("/")
        currency = f"&currency={money[0]}" if money else ""
        which = f"partner={partner}&quarter={quarter}&figure={quote(figure)}{currency}"
        return f"{Page.EXPLAIN.address}?{which}{self._kept()}"

    def _kept(self) -> str:
        """What goes along with every number: the way back, language and day."""
        if not self._selection:
            kept = {str(Key.BACK): [here()], **kept_everywhere()}
            self._selection = "&" + urlencode(kept, doseq=True)
        return self._selection
