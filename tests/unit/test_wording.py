"""Words and numbers as a reader of each language writes them."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from smartfin.analysis.verdict import State
from smartfin.errors import InputError, SettingsError, SmartfinError
from smartfin.facts import Scenario
from smartfin.findings import Finding, FindingCode, Question, QuestionKind
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.quarter import Quarter
from smartfin.settings import ROOT
from smartfin.wording import LANGUAGES, Words, native_name, preferred_language, words_of

EN, NL, FR = (words_of(language) for language in ("en", "nl", "fr"))
NBSP, NARROW = "\u00a0", "\u202f"


@pytest.fixture
def own(tmp_path: Path) -> Words:
    """Words of a small catalogue of its own."""
    folder = tmp_path / "locale"
    folder.mkdir()
    (folder / "nl.po").write_text(
        'msgid ""\nmsgstr ""\n"Language: nl\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "plain"\nmsgstr "Van {one} tot {two}"\n\n'
        'msgid "odd"\nmsgstr "{name.__class__} {0} {} {name!r} {name}"\n\n'
        '#, fuzzy\nmsgid "unsure"\nmsgstr "Misschien"\n\n'
        'msgid "count"\nmsgid_plural "count"\n'
        'msgstr[0] "{n} kwartaal"\nmsgstr[1] "{n} kwartalen"\n',
        encoding="utf-8",
    )
    return Words("nl", tmp_path)


def test_facts_stand_where_the_message_wants_them(own: Words) -> None:
    assert own.text("plain", two="B", one="A") == "Van A tot B"


def test_a_missing_message_is_never_silent(own: Words) -> None:
    with pytest.raises(SmartfinError) as caught:
        own.text("absent")
    assert caught.value.code == "message-missing"
    assert caught.value.facts == {"key": "absent", "language": "nl"}


def test_a_fuzzy_message_counts_as_missing(own: Words) -> None:
    with pytest.raises(SmartfinError, match="message-missing"):
        own.text("unsure")


def test_a_message_with_plural_forms_wants_a_count(own: Words) -> None:
    assert [own.plural("count", n) for n in (1, 3)] == ["1 kwartaal", "3 kwartalen"]
    with pytest.raises(SmartfinError, match="message-missing"):
        own.text("count")
    with pytest.raises(SmartfinError, match="message-missing"):
        own.plural("plain", 2, one="A", two="B")


def test_a_reason_with_a_count_has_the_form_for_one() -> None:
    facts = {"needed": 8}
    said = [
        words.reason(undefined(Unit.FRACTION, Reason.HISTORY_TOO_SHORT, quarters=n, **facts))
        for words in (EN, FR)
        for n in (1, 2)
    ]

    assert said[0] == "1 quarter of history; 8 are needed."
    assert said[1] == "2 quarters of history; 8 are needed."
    assert [each.split()[1] for each in said[2:]] == ["trimestre", "trimestres"]


def test_a_missing_fact_is_never_silent(own: Words) -> None:
    with pytest.raises(SmartfinError, match=r"fact-missing.*two"):
        own.text("plain", one="A")


def test_only_plain_names_are_places_for_facts(own: Words) -> None:
    assert own.text("odd", name="X") == "{name.__class__} {0} {} {name!r} X"


def test_text_of_a_fact_is_never_read_as_a_message(own: Words) -> None:
    assert own.text("plain", one="{two} {two.x} %s", two="B") == "Van {two} {two.x} %s tot B"


def test_plural_forms_follow_the_language() -> None:
    counts = [words.plural("delivery.late", n) for words in (EN, FR) for n in (0, 1, 2)]
    assert counts == [
        "0 days late", "1 day late", "2 days late",
        "0 jour de retard", "1 jour de retard", "2 jours de retard",
    ]  # fmt: skip


def test_invisible_and_turning_signs_in_a_fact_become_blanks(own: Words) -> None:
    assert own.text("plain", one="a\u202eb\nc\x00d", two="e") == "Van a b c d tot e"


def test_an_endless_text_of_a_workbook_is_cut() -> None:
    finding = Finding(FindingCode.UNMAPPED_LABEL, facts={"label": "x" * 10_000})
    question = Question("item:x", QuestionKind.ITEM, "PL", "A1", {"label": "x" * 10_000}, ())
    error = InputError("date-unreadable", text="x" * 10_000)
    for sentence in (EN.finding(finding)[0], EN.question(question), EN.error(error)):
        assert len(sentence) < 400
        assert "…" in sentence


def test_our_own_sentences_are_never_cut(own: Words) -> None:
    assert len(own.text("plain", one="x" * 10_000, two="")) > 10_000


def test_a_broken_catalogue_names_its_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"catalogue-unreadable.*nl.po"):
        Words("nl", tmp_path)


def test_an_unknown_language_says_which_exist() -> None:
    with pytest.raises(InputError, match=r"language-unknown.*en, nl, fr"):
        words_of("xx")


@pytest.mark.parametrize(
    ("value", "scale", "written"),
    [
        (418_123, "auto", f"418{NBSP}kEUR"),
        (-418_123, "auto", f"−418{NBSP}kEUR"),
        (45_300, "k", f"45{NBSP}kEUR"),
        (4_530, "k", f"4.5{NBSP}kEUR"),
        (9_960, "k", f"10{NBSP}kEUR"),
        (999_499, "auto", f"999{NBSP}kEUR"),
        (999_500, "auto", f"1.00{NBSP}mEUR"),
        (1_234_567, "auto", f"1.23{NBSP}mEUR"),
        (12_345_678, "m", f"12.3{NBSP}mEUR"),
        (123_456_789, "m", f"123{NBSP}mEUR"),
        (1_234_567, "k", f"1,235{NBSP}kEUR"),
        (1_234_567, "1", f"1,234,567{NBSP}EUR"),
        (999.4, "auto", f"999{NBSP}EUR"),
        (0, "k", f"0{NBSP}kEUR"),
        (-0.2, "auto", f"0{NBSP}EUR"),
    ],
)
def test_money_has_its_code_and_about_three_digits(value: float, scale: str, written: str) -> None:
    assert EN.amount(value, "EUR", scale) == written  # type: ignore[arg-type]


def test_money_follows_the_language() -> None:
    amounts = [words.amount(-1_234_567.2, "SEK", "1") for words in (EN, NL, FR)]
    assert amounts == [
        f"−1,234,567{NBSP}SEK",
        f"−1.234.567{NBSP}SEK",
        f"−1{NARROW}234{NARROW}567{NBSP}SEK",
    ]


def test_a_change_bears_its_sign_and_a_plain_value_no_plus() -> None:
    assert EN.amount(54_000, "EUR", "k", sign=True) == f"+54{NBSP}kEUR"
    assert EN.amount(-54_000, "EUR", "k", sign=True) == f"−54{NBSP}kEUR"
    assert EN.amount(0, "EUR", "k", sign=True) == f"±0{NBSP}kEUR"
    assert EN.amount(54_000, "EUR", "k") == f"54{NBSP}kEUR"


def test_what_is_undefined_is_a_dash() -> None:
    nothing = [EN.amount(None, "EUR"), EN.number(float("nan")), EN.percent(None)]
    nothing += [EN.points(float("inf")), EN.percent_change(None)]
    assert set(nothing) == {"–"}


def test_percentages_are_spaced_as_the_language_does() -> None:
    assert [words.percent(0.934) for words in (EN, NL, FR)] == ["93%", "93%", f"93{NBSP}%"]
    assert FR.percent(-0.0856, digits=1) == f"−8,6{NBSP}%"
    assert EN.percent_change(-0.12) == "−12%"


def test_a_change_of_a_percentage_is_in_points() -> None:
    assert [words.points(0.104) for words in (EN, NL, FR)] == [
        f"+10{NBSP}pp", f"+10{NBSP}pp", f"+10{NBSP}pt",
    ]  # fmt: skip


def test_a_number_keeps_the_decimals_it_has() -> None:
    assert [EN.number(value) for value in (1200, 2.5, 2.125, 1 / 3)] == [
        "1,200", "2.5", "2.12", "0.33",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "written"),
    [
        (Measure(0.93, Unit.FRACTION), "93%"),
        (Measure(8.5, Unit.PERCENT), "8.5%"),
        (Measure(1.3, Unit.MULTIPLE), f"1.30{NBSP}×"),
        (Measure(1234.0, Unit.COUNT), "1,234"),
        (Measure(5.75, Unit.FTE), f"5.8{NBSP}FTE"),
        (Measure(7.46, Unit.MONTHS), f"7.5{NBSP}months"),
        (Measure(244.4, Unit.MONTHS), f"244{NBSP}months"),
        (Measure(123.456, Unit.MULTIPLE), f"123{NBSP}×"),
        (Measure(12.2, Unit.DAYS), f"12{NBSP}days"),
        (Measure(1.2, Unit.DAYS), f"1{NBSP}day"),
        (Measure(340.0, Unit.HOURS), f"340{NBSP}hours"),
        (Measure(418_000.0, "EUR"), f"418{NBSP}kEUR"),
        (undefined(Unit.FRACTION, Reason.NO_VOLUME), "–"),
    ],
)
def test_a_measure_is_written_in_its_unit(measure: Measure, written: str) -> None:
    assert EN.measure(measure) == written


def test_a_signed_measure_of_shares_is_a_change_in_points() -> None:
    assert EN.measure(Measure(0.031, Unit.FRACTION), sign=True) == f"+3{NBSP}pp"
    assert EN.measure(Measure(0.5, Unit.PERCENT), sign=True) == f"+0.5{NBSP}pp"
    assert EN.measure(Measure(3.0, Unit.COUNT), sign=True) == "+3"


def test_an_undefined_measure_says_why_and_a_defined_one_nothing() -> None:
    missing = undefined("EUR", Reason.QUARTERS_MISSING, quarter=Quarter(2022, 3))
    assert "Q3 2022" in EN.reason(missing)
    assert "K3 2022" in NL.reason(missing)
    assert EN.reason(Measure(1.0, "EUR")) == ""


def test_quarters_and_days_are_the_readers() -> None:
    assert [words.quarter(Quarter(2023, 4)) for words in (EN, NL, FR)] == [
        "Q4 2023", "K4 2023", "T4 2023",
    ]  # fmt: skip
    assert [words.date(date(2023, 2, 15)) for words in (EN, NL, FR)] == [
        "15 Feb 2023", "15 feb 2023", "15 févr. 2023",
    ]  # fmt: skip
    assert EN.moment(datetime(2023, 2, 15, 14, 5, tzinfo=UTC)) == "15 Feb 2023, 14:05 UTC"


def test_a_period_of_a_file_becomes_the_readers() -> None:
    assert NL.span("2022-Q4") == "K4 2022"
    assert NL.span("2022-01-01/2022-08-31") == "1 jan 2022 – 31 aug 2022"
    assert NL.span("Boekjaar 1") == "Boekjaar 1"


def test_facts_are_written_by_their_type(own: Words) -> None:
    def shown(value: object) -> str:
        return own.text("plain", one=value, two="").removeprefix("Van ").removesuffix(" tot ")

    assert shown(Quarter(2023, 4)) == "K4 2023"
    assert shown(date(2023, 2, 15)) == "15 feb 2023"
    assert shown(datetime(2023, 2, 15, 9, 0, tzinfo=UTC)) == "15 feb 2023, 09:00 UTC"
    assert shown(Measure(0.5, Unit.FRACTION)) == "50%"
    assert shown(12_500) == "12.500"
    assert shown(1234.56) == "1.234,56"
    assert shown(("a", "b", "c")) == "a, b en c"


def test_codes_among_the_facts_become_words() -> None:
    finding = Finding(FindingCode.MISSING_ITEM, "Blad1", facts={"item": "fee_revenue"})
    assert "‘Bijdragen op facturatie’" in NL.finding(finding)[0]
    error = InputError("amount-not-finite", name="a.xlsx", item="cash", quarter="2022-Q4",
                       scenario=Scenario.BUDGET)  # fmt: skip
    assert "Q4 2022 (budget)" in EN.error(error)
    state = EN.text("change.state", partner="ES", before=State.WATCH, after=State.ON_TRACK,
                    quarter_before=Quarter(2022, 3))  # fmt: skip
    assert state == "Spain is now on track; it was watch in Q3 2022."


def test_numbers_that_count_nothing_are_not_grouped() -> None:
    assert "submission 1234." in EN.text("cli.imported", file="a", submission=1234, changes="")


def test_the_figures_of_a_finding_are_written_in_full_with_their_unit() -> None:
    facts = {"item": "cash", "quarter": "2022-Q4", "value": 30_001.5, "old": 30_000, "unit": "EUR"}
    sentence = NL.finding(Finding(FindingCode.RESTATED, "Balans", "C9", facts))[0]
    assert f"30.000{NBSP}EUR" in sentence
    assert f"30.001,5{NBSP}EUR" in sentence
    rate = {**facts, "item": "fee_rate", "value": 8.5, "old": 8.0, "unit": "percent"}
    assert "8,5%" in NL.finding(Finding(FindingCode.RESTATED, "Leden", "C9", rate))[0]


def test_a_finding_has_a_sentence_and_a_remedy() -> None:
    finding = Finding(FindingCode.WRONG_PARTNER, facts={"expected": "NL", "found": "HU"})
    assert FR.finding(finding) == (
        f"Le classeur est celui d’un autre partenaire{NBSP}: Hongrie au lieu de Pays-Bas.",
        "Choisissez le bon fichier ou le bon partenaire.",
    )


def test_a_question_knows_its_place() -> None:
    question = Question("sign:PL", QuestionKind.SIGN, "PL", "", {}, ("positive", "negative"))
    assert EN.question(question) == "With which sign are costs and income printed on sheet “PL”?"


def test_an_option_is_named_where_it_is_a_code() -> None:
    options = [EN.option(value) for value in ("fee_revenue", "none", "SEK", "SE", "whatever")]
    assert options == [
        "Fee revenue", "none of these: leave it out", "Swedish Krona (SEK)", "Sweden", "whatever",
    ]  # fmt: skip


def test_plotly_gets_the_separators_of_the_language() -> None:
    assert [words.plotly_separators for words in (EN, NL, FR)] == [".,", ",.", f",{NARROW}"]


def test_lists_end_as_the_language_ends_them() -> None:
    assert [words.join(["A", "B", "C"]) for words in (EN, NL, FR)] == [
        "A, B and C", "A, B en C", "A, B et C",
    ]  # fmt: skip


def test_languages_name_themselves() -> None:
    assert [native_name(language) for language in LANGUAGES] == [
        "English", "Nederlands", "Français", "Deutsch", "Español", "Italiano", "Svenska",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("fr-BE,fr;q=0.9,nl;q=0.8", "fr"),
        ("pl, nl-BE;q=0.7, fr;q=0.9", "fr"),
        ("nl, fr", "nl"),
        ("fr;q=0, pl", "en"),
        ("fr;q=nonsense, nl;q=0.1", "nl"),
        ("*;q=0.5", "en"),
    ],
)
def test_the_browsers_wish_is_followed_where_it_can_be(accepted: str, language: str) -> None:
    assert preferred_language(accepted) == language


def test_words_are_read_once() -> None:
    assert words_of("nl") is words_of("nl")
    assert words_of("nl", ROOT / "data") is words_of("nl", ROOT / "data")


@pytest.mark.parametrize(
    "value", ["a,b", "actual,x", "starts-99", "starts-x", "2022-Q9", "", "<b>"]
)
def test_an_answer_without_a_name_is_shown_as_it_was_given(value: str) -> None:
    shown = words_of("nl").option(value)
    assert shown.replace(" | ", ",").replace("realisatie", "actual") == value
