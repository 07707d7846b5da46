from __future__ import annotations

import pytest

from smartfin.facts import Stage
from smartfin.ingest.stage import stated_stage


@pytest.mark.parametrize(
    "title",
    [
        "Audited annual accounts 2022",
        "Geprüfter Jahresabschluss zum 31.12.2022",
        "Jahresrechnung, testiert",
        "Jaarrekening 2022 (gecontroleerd)",
        "Comptes annuels audités",
        "Comptes vérifiés 2022",
        "Cuentas anuales auditadas",
        "Bilancio revisionato",
        "Reviderad årsredovisning",
        "Auditált éves beszámoló",
        "ES_2022-Q4_audited",
    ],
)
def test_a_heading_that_says_audited_states_it(title: str) -> None:
    assert stated_stage(["Kosten", title]) is Stage.AUDITED


@pytest.mark.parametrize(
    "title",
    [
        "Unaudited figures",
        "not audited",
        "Ungeprüfte Zahlen",
        "Nicht geprüft",
        "niet-gecontroleerde cijfers",
        "Comptes non audités",
        "Cuentas sin auditar",
        "Dati non revisionati",
        "Ej reviderad",
        "Nem auditált",
        "Oreviderade siffror",
        "Vorläufige Zahlen Q4",
        "Voorlopige cijfers",
        "Comptes provisoires",
        "Management accounts Q4 2022",
    ],
)
def test_a_heading_that_says_not_yet_states_management_accounts(title: str) -> None:
    assert stated_stage([title]) is Stage.MANAGEMENT


@pytest.mark.parametrize(
    "titles",
    [
        ["Profit and loss 2022"],
        ["Geprüft von M. Huber"],
        ["Gecontroleerd door: JV"],
        ["Audit fees"],
        ["Q1-Q3 unaudited", "Q4 audited"],
    ],
)
def test_initials_audit_costs_and_contradictions_state_nothing(titles: list[str]) -> None:
    assert stated_stage(titles) is None
