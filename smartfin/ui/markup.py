"""HTML and Markdown made from text that may be hostile: labels, sheet and file names."""

from __future__ import annotations

import re
from html import escape

_MARKED = re.compile(r"\*\*|\\(.)")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&^=])")


def tag(name: str, *children: str, **attributes: str | bool) -> str:
    """An element.

    Args:
        name: Of the element.
        children: Markup, not text: text goes through ``text`` first.
        attributes: ``class_`` is class, ``aria_label`` is aria-label; False and "" leave one
            out, True writes it without a value.

    Example:
        >>> tag("p", text("a < b"), class_="note", hidden=False)
        '<p class="note">a &lt; b</p>'
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    return f"<{name}{written}>{''.join(children)}</{name}>"


def _attribute(key: str, value: str | bool) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    return f' {name}="{escape(value)}"' if value else ""


def text(words: str) -> str:
    """Words as markup: nothing in them is taken for an element."""
    return escape(words)


def hidden(words: str) -> str:
    """Words for a screen reader only."""
    return tag("span", text(words), class_="sf-hidden") if words else ""


def plain(words: str) -> str:
    r"""Words as Markdown, for the labels of widgets: nothing in them is taken for mark-up.

    Example:
        >>> print(plain("a *b* [c]"))
        a \*b\* \[c\]
    """
    return _MARKDOWN.sub(r"\\\1", words)


def unmarked(markdown: str) -> str:
    r"""The words of a label in Markdown, for a name that is only read out.

    Args:
        markdown: Words from ``plain``, parts of them between double asterisks.

    Example:
        >>> unmarked(r"**GuV\!A5** Umsatz \(netto\)")
        'GuV!A5 Umsatz (netto)'
    """
    return _MARKED.sub(r"\1", markdown)
