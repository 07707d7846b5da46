"""The shape of the house, as its documents promise it; each test names the offenders."""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from smartfin.settings import ROOT

PAGES = [ROOT / "dashboard.py", *sorted((ROOT / "pages").glob("*.py"))]
PACKAGE = sorted((ROOT / "smartfin").rglob("*.py"))
OURS = [*PAGES, *PACKAGE, ROOT / "run.py", *sorted((ROOT / "bench").glob("*.py"))]
PAGE_LENGTH = range(15, 61)
LONGEST_MODULE = 400
ROOMS_OF_PAGES = {"smartfin.ui", "smartfin.services"}
ROOMS_THAT_KNOW_STREAMLIT = {"ui", "server"}
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "handler"}
LEFT_FOR_LATER = re.compile(r"\b(?:TODO|FIXME|XXX|raise NotImplementedError)\b")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def room(path: Path) -> str:
    """``ui`` for smartfin/ui/page.py and for smartfin/ui.py."""
    return path.relative_to(ROOT / "smartfin").parts[0].removesuffix(".py")


def length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> set[str]:
    """Full names of the modules a file imports, wherever the import stands."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or ".")
    return found


def calls_print(path: Path) -> bool:
    calls = (node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
    return any(isinstance(call, ast.Name) and call.id == "print" for call in calls)


def test_a_page_knows_only_ui_and_services() -> None:
    known = {
        named(page): {".".join(name.split(".")[:2]) for name in imports(page)} - {"__future__"}
        for page in PAGES
    }
    assert {page: names - ROOMS_OF_PAGES for page, names in known.items()} == {
        page: set() for page in known
    }


def test_a_page_is_a_short_script() -> None:
    assert {named(page): length(page) for page in PAGES if length(page) not in PAGE_LENGTH} == {}


def test_only_ui_and_server_know_streamlit() -> None:
    knowing = [
        named(module)
        for module in PACKAGE
        if any(name.split(".")[0] == "streamlit" for name in imports(module))
        and room(module) not in ROOMS_THAT_KNOW_STREAMLIT
    ]
    assert knowing == []


def test_each_package_that_is_imported_is_a_requirement_of_its_own() -> None:
    """What comes along with another package may leave with it."""
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    named_there = {re.split(r"[\s;\[]", line)[0] for line in lines if line and line[0] != "#"}
    roots = {name.split(".")[0] for path in PACKAGE for name in imports(path)}
    foreign = roots - set(sys.stdlib_module_names) - {"smartfin"}
    providers = packages_distributions()
    unnamed = {
        module
        for module in foreign
        if not {name.lower() for name in providers[module]} & named_there
    }
    assert unnamed == set()


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_each_requirement_is_pinned_with_its_hashes_and_no_address(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z])", text)[1:]
    assert entries
    assert [entry.split()[0] for entry in entries if not re.match(r"\S+==\S+", entry)] == []
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert not re.search(r"https?:|file:|--index-url|--find-links", text)


def test_the_package_never_prints() -> None:
    assert [named(module) for module in PACKAGE if calls_print(module)] == []


def test_nothing_is_left_for_later() -> None:
    marked = [named(path) for path in OURS if LEFT_FOR_LATER.search(path.read_text("utf-8"))]
    assert marked == []


def test_no_module_is_too_long_to_own_one_subject() -> None:
    assert {named(path): length(path) for path in OURS if length(path) > LONGEST_MODULE} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [named(path) for path in OURS if path.stem in EMPTY_NAMES] == []


def test_each_module_says_what_it_is() -> None:
    assert [named(module) for module in PACKAGE if not ast.get_docstring(tree(module))] == []
