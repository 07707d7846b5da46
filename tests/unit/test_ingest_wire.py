"""What goes to the reading process and comes back is what was sent."""

from __future__ import annotations

import pytest

from smartfin.findings import Finding, FindingCode
from smartfin.ingest.process import wire
from smartfin.ingest.process.child import _checked
from smartfin.ingest.reading import Reading, ReadingContext, Unsettled
from smartfin.items import Items
from smartfin.quarter import Quarter

NOBODY = ReadingContext(Items((), ()), ())


def test_figures_that_wait_for_a_unit_come_back_as_they_were() -> None:
    reading = Reading(unsettled=(Unsettled("unit:S", "fee_revenue", Quarter(2022, 3), 12.5),))
    assert wire.decoded_reading(wire.encoded_reading(reading)) == reading


def test_a_quarter_among_the_facts_of_a_finding_comes_back_in_writing() -> None:
    finding = Finding(FindingCode.MISSING_QUARTER, facts={"quarter": Quarter(2022, 3)})
    (back,) = wire.decoded_reading(wire.encoded_findings(finding)).findings
    assert back.facts == {"quarter": "2022-Q3"}


def test_a_name_that_is_no_text_becomes_one() -> None:
    name, _ = wire.decoded_request(wire.encoded_request("b\udcffok.xlsx", NOBODY), NOBODY.items)
    assert name == "b?ok.xlsx"


@pytest.mark.parametrize("reply", [b"", b"{}", b"[]", b"null", b'{"partner": {}}', b"\xff"])
def test_an_answer_that_is_no_reading_is_a_finding(reply: bytes) -> None:
    assert _checked(reply) == Reading(findings=(Finding(FindingCode.READER_FAILED),))
