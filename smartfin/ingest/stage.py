"""How far the books are settled, where a workbook says so of itself.

Only a heading or file name that says the figures were, or were not, through an audit is
taken for a statement: "geprüft von M. Huber" is a colleague's initials, and most workbooks
say nothing. Books closed but not audited have no usual word; a person says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from smartfin.facts import Stage
from smartfin.ingest.text import comparable

_AUDITED = (
    r"audited|auditee?s?|auditad[oa]s?|geauditeerde?|auditalt|konyvvizsgalt|revisionat[oaie]"
    r"|reviderade?|reviderat|testierte?[nrs]?|gepruefte?[nrs]?|geprufte?[nrs]?|gecontroleerde?"
    r"|verifiee?s?|certifiee?s?|certificat[oi]"
)
_NOT = r"not|non|no|nicht|niet|ej|icke|pas|nem|sin|senza|yet"
_BY_OR_ON = r"by|on|von|vom|durch|am|door|op|par|le|da|dal|il|por|el|av|den"
_UNDER_AUDIT = re.compile(rf"\b(?:{_AUDITED})\b(?! (?:{_BY_OR_ON})\b)")
_OPEN = re.compile(
    rf"\b(?:(?:{_NOT}) (?:{_AUDITED})|(?:un|on|o)(?:{_AUDITED})|sin auditar"
    r"|preliminary|provisional|provisionals?|vorlaufige?[nrs]?|voorlopige?|provisoires?"
    r"|provisionales|provvisori[oae]?|preliminara?|elozetes|management accounts)\b"
)


def stated_stage(texts: Iterable[str]) -> Stage | None:
    """What headings say of the books: audited, or not yet; None where nothing or both.

    Args:
        texts: Titles, sheet names and the file's name.
    """
    said = {stage for text in texts for stage in _stages_in(comparable(text))}
    return said.pop() if len(said) == 1 else None


def _stages_in(text: str) -> Iterable[Stage]:
    rest = _OPEN.sub(" ", text)
    if rest != text:
        yield Stage.MANAGEMENT
    if _UNDER_AUDIT.search(rest):
        yield Stage.AUDITED
