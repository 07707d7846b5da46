"""Tests that the law of a country asks for: a flag says that there is a duty to check."""

from __future__ import annotations

from smartfin.analysis.warning.conditions import Ahead, Level
from smartfin.analysis.warning.joint import Joint, Part
from smartfin.analysis.warning.rule import Applies, Condition, Family, Rule
from smartfin.analysis.warning.runs import Holds, Losses, Run
from smartfin.measure import Reason, Unit

_HALF = 0.5  # of the capital: where most laws put their bell
_CAPITAL = Level("net_assets_capital_ratio")
_ES_COMPANIES = (
    "S.L", "SL", "S.R.L", "S.A", "SA", "Sociedad limitada", "Sociedad de responsabilidad limitada",
    "Sociedad anónima",
)  # fmt: skip
_LADDER = "CNDCEC, indici dell'allerta, 20 October 2019 (damico, ragioneria) [S]"

# Of the thresholds of step 3 for services to firms (sectors J, M, N).
_IT_RATIOS = (
    Part(Level("interest_to_revenue"), 0.018, -1),
    Part(Level("equity_to_debt"), 0.052, +1),
    Part(Level("cash_flow_to_assets"), 0.017, +1),
    Part(Level("current_ratio"), 0.954, +1),
    Part(Level("tax_social_to_assets"), 0.119, -1),
)


def _below_half(code: str, applies: Applies, source: str) -> Rule:
    """Equity under half of the registered capital."""
    return Rule(
        code=code,
        family=Family.SOLVENCY,
        unit=Unit.MULTIPLE,
        polarity=+1,
        condition=_CAPITAL,
        amber=None,
        red=_HALF,
        formula="net_assets_capital_ratio",
        source=source,
        applies=applies,
    )


def _below(
    code: str,
    condition: Condition,
    limits: tuple[float | None, float | None],
    source: str,
    applies: Applies,
    formula: str = "",
) -> Rule:
    """A figure of money or a share that must not fall under a limit."""
    return Rule(
        code=code,
        family=Family.SOLVENCY,
        unit=Unit.CURRENCY if condition.indicators == ("net_assets",) else Unit.FRACTION,
        polarity=+1,
        condition=condition,
        amber=limits[0],
        red=limits[1],
        formula=formula or condition.indicators[0],
        source=source,
        applies=applies,
    )


def _tests_met(
    code: str,
    parts: tuple[Part, ...],
    limits: tuple[float, float | None],
    formula: str,
    source: str,
    applies: Applies,
) -> Rule:
    """So many of several tests."""
    return Rule(
        code=code,
        family=Family.SOLVENCY,
        unit=Unit.COUNT,
        polarity=-1,
        condition=Joint(parts),
        amber=limits[0],
        red=limits[1],
        formula=f"how many hold of: {formula}",
        source=source,
        applies=applies,
    )


NATIONAL = (
    _below(
        "be_net_assets",
        Ahead("net_assets", quarters=4, now=True),
        (0.0, 0.0),
        "Belgium, CSA/WVV art. 6:119 (co-operative), 5:153 (BV) (cera, silverfin) [S]",
        Applies("BE"),
        "amber: net_assets + slope of net_assets over eight quarters * 4; red: net_assets",
    ),
    _below(
        "be_liquidity",
        Level("liquidity_cover", best=(Reason.NO_DEBTS,)),
        (None, 1.0),
        "Belgium, CSA/WVV art. 6:119 (co-operative), 5:153 (BV) (cera, silverfin) [S]",
        Applies("BE"),
    ),
    _tests_met(
        "be_chambers",
        (
            Part(Run("overdue_public_debt", Holds.ABOVE_NIL), 1, -1),
            Part(Losses("result_before_support_quarter", "result_before_support"), 8, -1),
            Part(_CAPITAL, _HALF, +1),
        ),
        (1, 2),
        "overdue_public_debt > 0, eight quarters of loss, net_assets_capital_ratio < 0.5",
        "Belgium, court chambers for firms in difficulty (intego, everest, sterck) [S]",
        Applies("BE"),
    ),
    Rule(
        code="se_capital",
        family=Family.SOLVENCY,
        unit=Unit.MULTIPLE,
        polarity=+1,
        condition=_CAPITAL,
        amber=1.0,
        red=_HALF,
        formula="net_assets_capital_ratio",
        source="red: Sweden, ABL 25:13 (far, kpmg) [S]; amber: house",
        applies=Applies("SE", ("AB", "aktiebolag")),
    ),
    _tests_met(
        "at_urg",
        (
            Part(Level("equity_ratio"), 0.08, +1),
            Part(Level("debt_repayment_years", worst=(Reason.NO_CASH_SURPLUS,)), 15, -1),
        ),
        (1, 2),
        "equity_ratio < 0.08, debt_repayment_years > 15",
        "Austria, URG §§ 22–24 (solvent, meetadam, gesetze) [S]",
        Applies("AT"),
    ),
    _below(
        "it_net_assets",
        Level("net_assets"),
        (None, 0.0),
        f"Italy, {_LADDER}, step 1",
        Applies("IT"),
    ),
    _tests_met(
        "it_ratios",
        _IT_RATIOS,
        (5, None),
        "interest_to_revenue > 0.018, equity_to_debt < 0.052, cash_flow_to_assets < 0.017,"
        " current_ratio < 0.954, tax_social_to_assets > 0.119",
        f"Italy, {_LADDER}, step 3, with its thresholds for services to firms [M]",
        Applies("IT"),
    ),
    _below_half("fr_capital", Applies("FR"), "France, Code de commerce L.223-42, L.225-248 [M]"),
    Rule(
        code="de_capital",
        family=Family.SOLVENCY,
        unit=Unit.FRACTION,
        polarity=-1,
        condition=Level("share_of_capital_lost"),
        amber=None,
        red=_HALF,
        formula="share_of_capital_lost",
        source="Germany, GenG § 33(3) [M]",
        applies=Applies("DE", ("eG", "Genossenschaft")),
    ),
    _below_half(
        "es_capital",
        Applies("ES", _ES_COMPANIES),
        "Spain, LSC art. 363, for capital companies [M]",
    ),
    _below_half(
        "hu_capital",
        Applies("HU", ("Kft", "Korlátolt")),
        "Hungary, Civil Code 3:133 and 3:189 [M]",
    ),
)
"""The Netherlands have no rule on capital. Of a Spanish co-operative the law of the region
decides, and those differ: it has no rule here. Step 1 of the Italian ladder is also capital
under its legal minimum, which depends on the form and is not tested."""
