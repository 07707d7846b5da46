"""What a decision does to the Board: a workbook withdrawn, a meeting pinned and reopened."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import pytest
import xlsxwriter
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.waiting import PATIENCE, at_rest

pytestmark = pytest.mark.browser

# A year at balance but for the last fees: 80 of income and 80 of costs a quarter.
ROWS = {
    "Volumen facturado": 1000.0,
    "Ingresos por comisión": 80.0,
    "Gastos de personal de estructura": 60.0,
    "Gastos informáticos": 20.0,
}


def year(name: str, last_fees: float = 80.0) -> FilePayload:
    """A Spanish workbook of 2022; the fees of its last quarter may be others."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("PyG 2022")
        sheet.write(0, 0, "Smart España: cuenta de resultados, en EUR")
        sheet.write_row(2, 0, ["", *(f"{quarter}T 2022" for quarter in range(1, 5))])
        for place, (label, amount) in enumerate(ROWS.items(), start=3):
            last = last_fees if label == "Ingresos por comisión" else amount
            sheet.write_row(place, 0, [label, amount, amount, amount, last])
    kind = "application/octet-stream"
    return {"name": name, "mimeType": kind, "buffer": target.getvalue()}


@pytest.fixture
def address(start_server: Callable[..., str]) -> str:
    """Of a dashboard over an empty ledger of its own."""
    return start_server(SMARTFIN_SAMPLES="0")


def accept(page: Page, address: str, workbook: FilePayload) -> None:
    """Hand a workbook in."""
    page.goto(f"{address}/upload")
    page.locator("input[type=file]").set_input_files(workbook)
    button = page.get_by_role("button", name="Accept into the ledger")
    expect(button).to_be_enabled(timeout=PATIENCE)
    button.click()
    expect(page.locator(".sf-done")).to_contain_text(workbook["name"], timeout=PATIENCE)


def gap(page: Page, address: str, **parameters: str) -> Locator:
    """The gap to break-even of Spain on the Board."""
    asked: Mapping[str, str] = parameters
    page.goto(f"{address}/?" + "&".join(f"{key}={value}" for key, value in asked.items()))
    return page.locator(".sf-tile", has_text="Smart España").locator(".sf-gap strong")


def visit_history(page: Page, address: str) -> None:
    page.goto(f"{address}/history")
    expect(page.locator(".sf-footer")).to_be_visible(timeout=PATIENCE)
    at_rest(page)


def test_withdrawing_with_a_reason_brings_the_board_back(page: Page, address: str) -> None:
    accept(page, address, year("primero.xlsx"))
    accept(page, address, year("segundo.xlsx", last_fees=30_080.0))
    expect(gap(page, address)).to_contain_text("30", timeout=PATIENCE)
    visit_history(page, address)
    page.get_by_text("Withdraw No. 2", exact=True).click()
    page.get_by_label("Why? (stays on record)").fill("wrong file")
    page.keyboard.press("Tab")
    at_rest(page)
    page.get_by_role("button", name="Withdraw No. 2: 1 figure changes").click()
    expect(page.locator(".sf-done")).to_contain_text("No. 2 is withdrawn", timeout=PATIENCE)
    expect(page.locator(".sf-table", has_text="Workbooks handed in")).to_contain_text("wrong file")
    expect(gap(page, address)).not_to_contain_text("30", timeout=PATIENCE)


def test_a_pinned_meeting_opens_the_board_as_it_was(page: Page, address: str) -> None:
    accept(page, address, year("primero.xlsx"))
    visit_history(page, address)
    page.get_by_role("button", name="Pin a meeting").click()
    page.get_by_label("Name of the meeting").fill("Spring board")
    page.get_by_role("button", name="Pin", exact=True).click()
    expect(page.locator(".sf-done")).to_contain_text("Spring board", timeout=PATIENCE)
    before = gap(page, address)
    expect(before).to_be_visible(timeout=PATIENCE)
    shown = before.inner_text()
    accept(page, address, year("segundo.xlsx", last_fees=30_080.0))
    expect(gap(page, address)).to_contain_text("30", timeout=PATIENCE)
    visit_history(page, address)
    page.get_by_role("link", name="Board as of Spring board").click()
    tile = page.locator(".sf-tile", has_text="Smart España").locator(".sf-gap strong")
    expect(tile).to_have_text(shown, timeout=PATIENCE)
    expect(page.locator(".sf-asof")).to_be_visible()
