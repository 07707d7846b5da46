"""Tables in text: encoding and delimiter are told from the text, numbers are left alone."""

from __future__ import annotations

import pytest

from smartfin.findings import FindingCode
from smartfin.ingest.container import guard
from smartfin.ingest.container.refusal import PartRefused
from smartfin.ingest.grid.delimited import decoded, delimiter_of, read_delimited


def refusal(content: bytes) -> FindingCode:
    with pytest.raises(PartRefused) as caught:
        read_delimited(content)
    return caught.value.finding.code


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Működési költségek", "iso-8859-2"),
        ("Árbevétel ősszel; működés", "cp1250"),
        ("coût d’août, dû à l’œuvre", "cp1252"),
        ("Umsatzerlöse größer – 5 €", "cp1252"),
        ("Försäljning i år, Åmål", "cp1252"),
        ("señor: año", "latin-1"),
        ("società più", "latin-1"),
        ("5 € per lid", "iso-8859-15"),
        ("Œuvres", "utf-8"),
        ("Œuvres", "utf-8-sig"),
        ("Œuvres sociales", "utf-16"),
        ("Œuvres sociales et culturelles", "utf-16-le"),
        ("Œuvres sociales et culturelles", "utf-16-be"),
        ("Œuvres", "utf-32"),
    ],
)
def test_the_encoding_is_told_by_the_letters(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("Omzet;1,5;2,5\nKosten;1,0;2,0", ";"),
        ("Revenue,1.5,2.5\nCosts,1.0,2.0", ","),
        ('Revenue,"1,234",5\nCosts,"2,345",6', ","),
        ("Omzet\t1,5\t2,5\nKosten\t1,0\t2,0", "\t"),
        ("Omzet|1,5\nKosten|1,0", "|"),
        ("A, B and C\n\nx;Q1;Q2\nOmzet, netto;1.234;5\nKosten;3;4", ";"),
        ("name,country\nA,NL\nB,BE", ","),
        ("Bedrag in EUR\n1;2\n3;4", ";"),
    ],
)
def test_the_delimiter_is_the_one_that_leaves_numbers_whole(text: str, delimiter: str) -> None:
    assert delimiter_of(text) == delimiter


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "Dear all,\nplease find our figures attached.\nRegards",
        "partner;quarter;amount\n",
        "x,Q1,Q2\nOmzet,1,5,2,5\nKosten,1,0,2,0\n",  # a comma parts cells and decimals alike
        "x,2021,2022\nOmzet,1,5,2,5\nKosten,1,0,2,0\n",
    ],
)
def test_a_text_without_a_sure_table_is_no_workbook(text: str) -> None:
    assert delimiter_of(text) is None
    assert refusal(text.encode() or b" ") is FindingCode.NOT_A_WORKBOOK


def test_cells_stay_texts_and_blank_ones_are_none() -> None:
    rows = read_delimited(b"x;Q1\nOmzet; \nKosten;1.234\n")
    assert rows == (("x", "Q1"), ("Omzet", None), ("Kosten", "1.234"))


def test_a_line_break_within_quotes_stays_in_its_cell() -> None:
    assert read_delimited(b'"a\nb";1\r\n"c ""d""";2')[1] == ('c "d"', "2")


def test_a_quote_that_is_never_closed_swallows_nothing() -> None:
    rows = read_delimited(b'x;"Q1;Q2\nOmzet;1;2\nKosten;3;4\n')
    assert rows == (("x", "Q1", "Q2"), ("Omzet", "1", "2"), ("Kosten", "3", "4"))


def test_the_first_line_may_name_the_delimiter_and_is_no_row() -> None:
    assert read_delimited(b"sep=|\r\nx|Q1\r\nOmzet|1;5\r\n")[0] == ("x", "Q1")


def test_a_table_of_too_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_CELLS", 5)
    assert refusal(b"a;1\nb;2\nc;3\n") is FindingCode.TOO_MANY_CELLS
