"""The mapping screen as finance uses it: settle a row once, by mouse or keyboard, never again."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
import xlsxwriter
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.waiting import PATIENCE, at_rest

pytestmark = pytest.mark.browser

ROWS = {
    "Volumen facturado": 1000.0,
    "Ingresos por comisión": 80.0,
    "Subvenciones": 12.0,
    "Feria anual de artesanos": 4.0,
    "Gastos de personal de estructura": 60.0,
}
QUESTION = "Which line item is it?"


def quarterly(quarter: int) -> FilePayload:
    """A Spanish workbook of 2022 up to a quarter, with an ambiguous row and an unknown one."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet(f"PyG {quarter}T 2022")
    sheet.write(0, 0, "Smart España: cuenta de resultados, en EUR")
    for column in range(1, quarter + 1):
        sheet.write(2, column, f"{column}T 2022")
        for row, amount in enumerate(ROWS.values(), start=3):
            sheet.write(row, column, amount + column)
    for row, label in enumerate(ROWS, start=3):
        sheet.write(row, 0, label)
    book.close()
    return {
        "name": f"informe {quarter}T.xlsx",
        "mimeType": "application/octet-stream",
        "buffer": target.getvalue(),
    }


@pytest.fixture
def upload(page: Page, start_server: Callable[..., str]) -> Page:
    """The Upload page over an empty ledger of its own."""
    page.goto(f"{start_server(SMARTFIN_SAMPLES='0')}/upload")
    expect(page.locator(".sf-footer")).to_be_visible(timeout=PATIENCE)
    return page


def drop(upload: Page, workbook: FilePayload) -> None:
    upload.locator("input[type=file]").set_input_files(workbook)
    expect(upload.locator("[class*=st-key-draft-] h2")).to_contain_text(
        workbook["name"], timeout=PATIENCE
    )
    at_rest(upload)


def accept(upload: Page) -> None:
    button = upload.get_by_role("button", name="Accept into the ledger")
    expect(button).to_be_enabled(timeout=PATIENCE)
    button.click()
    expect(upload.locator(".sf-done")).to_be_visible(timeout=PATIENCE)


def settle_all(upload: Page) -> None:
    """Answers every open question: the grants as operating grants, other rows as nothing."""
    for label, answer in (("Subvenciones", "Operating grants"), ("Feria", "none of these")):
        row = upload.locator("[class*=st-key-row-]").filter(has_text=label).first
        row.get_by_role("radio", name=answer).or_(row.get_by_role("button", name=answer)).click()
        expect(upload.locator("[class*=st-key-row-]").filter(has_text=label)).to_have_count(
            0, timeout=PATIENCE
        )
        at_rest(upload)


def test_what_is_settled_once_is_not_asked_of_the_next_workbook(upload: Page) -> None:
    drop(upload, quarterly(3))
    expect(upload.get_by_text(QUESTION).first).to_be_visible(timeout=PATIENCE)
    settle_all(upload)
    accept(upload)
    drop(upload, quarterly(4))
    expect(upload.get_by_text(QUESTION)).to_have_count(0)
    accept(upload)


def test_a_row_is_settled_with_the_keyboard_alone(upload: Page) -> None:
    drop(upload, quarterly(3))
    row = upload.locator("[class*=st-key-row-]").filter(has_text="Subvenciones").first
    expect(row).to_be_visible(timeout=PATIENCE)
    row.locator("button").first.focus()
    upload.keyboard.press("Enter")
    expect(row).to_have_count(0, timeout=PATIENCE)


def test_a_row_taken_for_the_wrong_item_is_corrected(upload: Page) -> None:
    drop(upload, quarterly(3))
    sheet = upload.locator("[class*=st-key-sheet-]").first
    expect(sheet).to_be_visible(timeout=PATIENCE)
    form = sheet.get_by_test_id("stForm")
    if not form.is_visible():
        sheet.locator("summary").first.click()
    for name, choice in (("Correct a row", "Volumen facturado"), ("Item", "Financial income")):
        form.get_by_role("combobox", name=name).click()
        upload.keyboard.type(choice)
        expect(upload.get_by_role("option", name=choice).first).to_be_visible()
        upload.keyboard.press("Enter")
    form.get_by_role("button", name="Read it as this").click()
    read = upload.locator("[class*=st-key-rows-] tr").filter(has_text="Volumen facturado")
    expect(read).to_contain_text("Financial income", timeout=PATIENCE)
    expect(read).to_contain_text("you said so")
