"""Every word a reader sees is in every language, with the same places for facts, and is used."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from smartfin.analysis.bridge import PartCode
from smartfin.analysis.changes import ChangeCode
from smartfin.analysis.direction import Direction
from smartfin.analysis.forecast.baseline import SEASONAL_DRIFT, SEASONAL_NAIVE
from smartfin.analysis.forecast.mix import MODELS
from smartfin.analysis.forecast.outlook import Likelihood
from smartfin.analysis.indicators.family import INDICATORS, Subject
from smartfin.analysis.social import (
    Basis,
    BoughtAlarm,
    EffectCode,
    Held,
    Patience,
    Remark,
    ResultCourse,
    Social,
    SocialState,
    Source,
)
from smartfin.analysis.social import Direction as SocialDirection
from smartfin.analysis.split import Judgement
from smartfin.analysis.statement import OWN_ROWS
from smartfin.analysis.verdict import Outcome, State, VerdictReason
from smartfin.analysis.warning import RULES, Alarm, Course, Family
from smartfin.analysis.warning.precedents import Alignment, Likeness
from smartfin.analysis.warning.rule import Said
from smartfin.facts import Scenario
from smartfin.findings import (
    Aspect,
    FindingCode,
    PeriodAspect,
    QuestionKind,
    ScenarioAspect,
    Severity,
)
from smartfin.ingest import MapReason, SheetReason
from smartfin.ingest.container.kind import Kind
from smartfin.ingest.container.refusal import Harm
from smartfin.ingest.grid.concealed import Concealed
from smartfin.ingest.support.words import Column as SupportColumn
from smartfin.items import Statement
from smartfin.measure import Reason, Unit
from smartfin.services.compare import Axis, Currency
from smartfin.services.export.readme import Content
from smartfin.services.export.tables import COLUMNS
from smartfin.settings import ROOT, Level
from smartfin.store import DifferenceKind, Step
from smartfin.support import Kind as SupportKind
from smartfin.ui.state import Page
from smartfin.wording import LANGUAGES
from smartfin.wording.catalogue import PLACEHOLDER

REFERENCE = LANGUAGES[0]
SOURCES = sorted(
    [ROOT / "dashboard.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "smartfin").rglob("*.py")]
)
SCREENS = [path for path in SOURCES if path.parent.name in {"pages", "ui", ROOT.name}]

FAMILIES: dict[str, Iterable[str]] = {
    "finding.{}": FindingCode,
    "finding.{}.remedy": FindingCode,
    "question.{}": QuestionKind,
    "question.unit.{}": Aspect,
    "question.period.{}": PeriodAspect,
    "question.scenario.{}": ScenarioAspect,
    "format.{}": [kind for kind in Kind if not kind.readable or kind is Kind.TEXT],
    "harm.{}": Harm,
    "concealed.{}": Concealed,
    "undefined.{}": Reason,
    "verdict.{}": State,
    "verdict.reason.{}": VerdictReason,
    "outcome.{}": Outcome,
    "direction.{}": Direction,
    "odds.{}": Likelihood,
    "change.{}": ChangeCode,
    "warning.{}": [rule.code for rule in RULES],
    "warning.{}.what": [rule.code for rule in RULES],
    "warning.{}.source": [rule.code for rule in RULES],
    "warning.family.{}": Family,
    "warning.family.{}.what": Family,
    "warning.alarm.{}": Alarm,
    "warning.course.{}": Course,
    "warning.said.{}": [*Said, "easing", "none"],
    "warning.thresholds.{}": ["both", "amber", "red"],
    "difference.{}": DifferenceKind,
    "cli.progress.verify.{}": Step,
    "severity.{}": Severity,
    "statement.{}": Statement,
    "statement-row.{}": OWN_ROWS,
    "social.state.{}": SocialState,
    "social.project.{}": Social,
    "social.result.{}": ResultCourse,
    "social.held.{}": Held,
    "social.direction.{}": SocialDirection,
    "social.source.{}": Source,
    "social.alarm.{}": BoughtAlarm,
    "social.patience.{}": Patience,
    "social.effect.{}": EffectCode,
    "social.remark.{}": Remark,
    "social.basis.{}": Basis,
    "split.{}": Judgement,
    "scenario.{}": Scenario,
    "level.{}": Level,
    "mapped-reason.{}": MapReason,
    "sheet-reason.{}": SheetReason,
    "axis.{}": Axis,
    "align.{}": Alignment,
    "precedent.likeness.{}": Likeness,
    "currency.{}": Currency,
    "menu.{}": Page,
    "indicator.{}": [indicator.code for indicator in INDICATORS],
    "indicator.{}.what": [indicator.code for indicator in INDICATORS],
    "support.side.{}": ("books", "list"),
    "support.kind.{}": SupportKind,
    "support.column.{}": SupportColumn,
    "export.file.{}": Content,
    "export.column.{}": {column for columns in COLUMNS.values() for column in columns},
    "bridge.{}": PartCode,
    "subject.{}": Subject,
    "model.{}": [*(model.code for model in MODELS), SEASONAL_NAIVE, SEASONAL_DRIFT],
    "chart.unit.{}": [unit for unit in Unit if unit is not Unit.CURRENCY],
}

KEY_START = re.compile(r"[a-z-]+\.")

# Answers to questions: the options are data of the question, not a code family.
OPEN_FAMILIES = re.compile(r"option\..+")

SHOWN_FIRST = {
    "badge", "button", "caption", "checkbox", "code", "date_input", "divider", "download_button",
    "error", "expander", "file_uploader", "form_submit_button", "header", "info", "link_button",
    "markdown", "metric", "multiselect", "number_input", "page_link", "pills", "popover", "radio",
    "segmented_control", "selectbox", "slider", "spinner", "status", "subheader", "success",
    "tabs", "text", "text_area", "text_input", "title", "toast", "toggle", "warning", "write",
}  # fmt: skip
SHOWN_BY_NAME = {"label", "help", "placeholder", "body", "caption"}


@cache
def catalogue(language: str) -> Catalog:
    with (ROOT / "data" / "locale" / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def messages(language: str) -> dict[str, Message]:
    return {key_of(message): message for message in catalogue(language) if message.id}


def key_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms_of(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def places_of(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


KEYS = set(messages(REFERENCE))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys(language: str) -> None:
    assert set(messages(language)) == KEYS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_keys_in_the_same_order(language: str) -> None:
    assert list(messages(language)) == list(messages(REFERENCE))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_empty_fuzzy_or_twice_there(language: str) -> None:
    source = (ROOT / "data" / "locale" / f"{language}.po").read_text(encoding="utf-8")
    keys = re.findall(r'^msgid "(.+)"$', source, re.MULTILINE)
    assert len(keys) == len(set(keys))
    unfinished = [
        key
        for key, message in messages(language).items()
        if message.fuzzy or not all(form.strip() for form in forms_of(message))
    ]
    assert unfinished == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_has_the_same_places_for_facts(language: str) -> None:
    different = {
        key: (forms, expected)
        for key, message in messages(language).items()
        for expected in [places_of(" ".join(forms_of(messages(REFERENCE)[key])))]
        for forms in forms_of(message)
        if places_of(forms) != expected
    }
    assert different == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_brace_is_a_place_for_a_fact(language: str) -> None:
    stray = {
        key: form
        for key, message in messages(language).items()
        for form in forms_of(message)
        if set("{}") & set(PLACEHOLDER.sub("", form))
    }
    assert stray == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_messages_have_every_form_of_the_language(language: str) -> None:
    plural = [message for message in messages(language).values() if message.pluralizable]
    assert plural
    assert {len(forms_of(message)) for message in plural} == {catalogue(language).num_plurals}
    reference = {key for key, message in messages(REFERENCE).items() if message.pluralizable}
    assert {key_of(message) for message in plural} == reference


def test_every_place_is_explained_to_translators() -> None:
    unexplained = {
        key: missing
        for key, message in messages(REFERENCE).items()
        for missing in [
            places_of(" ".join(forms_of(message))) - places_of(" ".join(message.auto_comments))
        ]
        if missing
    }
    assert unexplained == {}


def test_every_file_in_the_folder_is_a_language() -> None:
    files = {path.stem for path in (ROOT / "data" / "locale").glob("*.po")}
    assert files == set(LANGUAGES)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_code_has_its_words(family: str) -> None:
    needed = {family.format(plain(code)) for code in FAMILIES[family]}
    assert needed - KEYS == set()


def test_every_key_written_in_the_code_exists() -> None:
    missing = {
        (str(path.relative_to(ROOT)), key)
        for path in SOURCES
        for key in chain(asked_keys(tree_of(path)), error_keys(tree_of(path)))
        if key not in KEYS
    }
    assert missing == set()


def test_every_key_pattern_in_the_code_has_messages() -> None:
    empty = {
        (str(path.relative_to(ROOT)), pattern.pattern)
        for path in SOURCES
        for pattern in key_patterns(tree_of(path))
        if not any(pattern.fullmatch(key) for key in KEYS)
    }
    assert empty == set()


def test_every_message_gets_the_facts_it_needs() -> None:
    lacking = {
        (str(path.relative_to(ROOT)), key, fact)
        for path in SOURCES
        for key, facts in given_facts(tree_of(path))
        if key in KEYS
        for fact in places_of(" ".join(forms_of(messages(REFERENCE)[key]))) - facts
    }
    assert lacking == set()


def test_plural_messages_are_asked_for_with_a_count_and_others_without() -> None:
    wrong = {
        (str(path.relative_to(ROOT)), key)
        for path in SOURCES
        for call in calls_of(tree_of(path))
        if asks_words(call) and call.args and isinstance(call.func, ast.Attribute)
        for key in literals_of(call.args[0])
        if key in KEYS
        if messages(REFERENCE)[key].pluralizable != (call.func.attr == "plural")
    }
    assert wrong == set()


def test_every_message_is_used() -> None:
    trees = [tree_of(path) for path in SOURCES]
    written = set(chain.from_iterable(constants(tree) for tree in trees))
    written |= set(chain.from_iterable(error_keys(tree) for tree in trees))
    written |= {family.format(plain(code)) for family, codes in FAMILIES.items() for code in codes}
    patterns = [OPEN_FAMILIES, *chain.from_iterable(loose_patterns(tree) for tree in trees)]
    unused = {
        key for key in KEYS - written if not any(pattern.fullmatch(key) for pattern in patterns)
    }
    assert unused == set()


def test_screens_show_no_text_that_is_not_in_the_catalogue() -> None:
    literal = {
        (str(path.relative_to(ROOT)), call.lineno, text)
        for path in SCREENS
        for call in calls_of(tree_of(path))
        for text in shown_literals(call)
    }
    assert literal == set()


def plain(code: str) -> str:
    return code.value if isinstance(code, StrEnum) else code


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls_of(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def constants(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def asks_words(call: ast.Call) -> bool:
    """Whether a call is ``words.text(key, ...)`` or ``words.plural(key, ...)``."""
    function = call.func
    return isinstance(function, ast.Attribute) and function.attr in {"text", "plural"}


def literals_of(node: ast.expr) -> Iterator[str]:
    """The strings an expression can be, where it says so itself."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.IfExp):
        yield from literals_of(node.body)
        yield from literals_of(node.orelse)


def asked_keys(tree: ast.Module) -> Iterator[str]:
    for call in calls_of(tree):
        if asks_words(call) and call.args:
            yield from literals_of(call.args[0])


def error_calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    """Errors made with a literal code."""
    for call in calls_of(tree):
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if name.endswith("Error") and name[:-5] in {"Smartfin", "Input", "Settings", "Store"}:
            for code in chain.from_iterable(literals_of(part) for part in call.args[:1]):
                yield call, f"error.{code}"


def error_keys(tree: ast.Module) -> Iterator[str]:
    return (key for _, key in error_calls(tree))


def key_patterns(tree: ast.Module) -> Iterator[re.Pattern[str]]:
    """Keys put together of parts where words are asked for, as patterns."""
    for call in calls_of(tree):
        if asks_words(call) and call.args:
            yield from joined_patterns(call.args[0])


def loose_patterns(tree: ast.Module) -> Iterator[re.Pattern[str]]:
    """Texts put together anywhere that begin as a key does, as patterns."""
    for node in ast.walk(tree):
        yield from joined_patterns(node)


def joined_patterns(node: ast.AST) -> Iterator[re.Pattern[str]]:
    parts = node.values if isinstance(node, ast.JoinedStr) else []
    if parts and isinstance(parts[0], ast.Constant) and KEY_START.match(str(parts[0].value)):
        yield re.compile("".join(pattern_of(part) for part in parts))


def pattern_of(part: ast.expr) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9_-]+"


def given_facts(tree: ast.Module) -> Iterator[tuple[str, set[str]]]:
    """Literal keys with the names of the facts given, where all are named in the call."""
    for call in calls_of(tree):
        if asks_words(call) and call.args:
            named = {"n"} if isinstance(call.func, ast.Attribute) and len(call.args) > 1 else set()
            for key in literals_of(call.args[0]):
                yield from with_names(call, key, named)
    for call, key in error_calls(tree):
        yield from with_names(call, key, set())


def with_names(call: ast.Call, key: str, named: set[str]) -> Iterator[tuple[str, set[str]]]:
    names = [keyword.arg for keyword in call.keywords]
    if None not in names:
        yield key, named | {name for name in names if name}


def shown_literals(call: ast.Call) -> Iterator[str]:
    """Text a call of Streamlit would show that no catalogue holds."""
    function = call.func
    if not (isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)):
        return
    if function.value.id != "st":
        return
    shown = call.args[:1] if function.attr in SHOWN_FIRST else []
    shown += [keyword.value for keyword in call.keywords if keyword.arg in SHOWN_BY_NAME]
    for node in shown:
        yield from (text for text in written_words(node) if re.search(r"[^\W\d_]{2}", text))


def written_words(node: ast.expr) -> Iterator[str]:
    yield from literals_of(node)
    if isinstance(node, ast.JoinedStr):
        yield from (str(part.value) for part in node.values if isinstance(part, ast.Constant))


def test_catalogues_are_mappings_of_text() -> None:
    """The scan itself sees something: keys, calls and screens are there."""
    seen: Mapping[str, int] = {
        "keys": len(KEYS),
        "asked": sum(1 for path in SOURCES for _ in asked_keys(tree_of(path))),
        "errors": sum(1 for path in SOURCES for _ in error_keys(tree_of(path))),
        "screens": len(SCREENS),
    }
    assert min(seen.values()) > 5
