"""One address of every page, as a link would name it; a test holds the list against pages/."""

from __future__ import annotations

ADDRESSES = (
    "/",
    "/country?partner=SE",
    "/compare",
    "/warning?partner=SE&rule=coverage",
    "/scenarios?partner=AT&changes=fee:0.005@2023-Q1~2",
    "/social?partner=AT",
    "/upload",
    "/history",
    "/explain?partner=SE&quarter=2022-Q4&figure=coverage",
)
