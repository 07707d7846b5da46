"""What the spreadsheet works out: its amounts, and one formula a line, written by hand."""

from __future__ import annotations

YEAR_BEFORE = ("2021-Q1", "2021-Q2", "2021-Q3", "2021-Q4")
YEAR = ("2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4")
NEWEST = YEAR[-1:]

INPUTS: dict[str, tuple[str, ...]] = {
    "invoiced_volume": YEAR_BEFORE + YEAR,
    **dict.fromkeys(
        (
            "fee_revenue",
            "membership_fees",
            "service_revenue",
            "financial_income",
            "bad_debt_expense",
            "insurance_costs",
            "staff_costs",
            "it_costs",
            "rent_costs",
            "professional_fees",
            "marketing_costs",
            "member_services_costs",
            "other_operating_expenses",
            "depreciation",
            "financial_expense",
            "adviser_costs",
            "operating_grants",
            "group_contribution_received",
            "imputed_group_services",
            "group_capital_injection",
            "group_loan_drawdown",
        ),
        YEAR,
    ),
    **dict.fromkeys(
        ("cash", "member_balances", "tax_social_liabilities", "deferred_income", "equity",
         "total_assets"),
        NEWEST,
    ),
}  # fmt: skip

# One line each: name in this sheet, what it is, formula. {name} is another line, {item} the
# amounts of an item on sheet Inputs. The indicators of the program are marked with their code.
LINES: tuple[tuple[str, str, str], ...] = (
    ("", "What it earns and spends, four quarters (EUR)", ""),
    ("V", "Invoiced volume, 2022", "SUM({invoiced_volume@2022})"),
    ("V4", "Invoiced volume, 2021", "SUM({invoiced_volume@2021})"),
    ("fee", "Fees", "SUM({fee_revenue})"),
    (
        "own_revenue",
        "Own revenue: fees, dues, services",
        "{fee}+SUM({membership_fees})+SUM({service_revenue})",
    ),
    ("fin_in", "Financial income", "SUM({financial_income})"),
    ("variable", "Costs that move with volume: bad debts, insurance",
     "SUM({bad_debt_expense})+SUM({insurance_costs})"),
    ("fixed", "Fixed costs: team, IT, rent, fees, communication, member services, other, "
     "depreciation, financial expense",
     "SUM({staff_costs})+SUM({it_costs})+SUM({rent_costs})+SUM({professional_fees})"
     "+SUM({marketing_costs})+SUM({member_services_costs})+SUM({other_operating_expenses})"
     "+SUM({depreciation})+SUM({financial_expense})"),
    ("own_costs", "Own costs", "{variable}+{fixed}"),
    ("advisers", "Of the team: advisers", "SUM({adviser_costs})"),
    ("other_in", "Own income that does not move with volume: dues, services, financial income",
     "SUM({membership_fees})+SUM({service_revenue})+{fin_in}"),
    ("", "Results (EUR) and their ratios", ""),
    ("result_before_support", "Result before support", "{own_revenue}+{fin_in}-{own_costs}"),
    ("coverage", "Coverage (OSS)", "({own_revenue}+{fin_in})/{own_costs}"),
    ("support", "Grants and group contribution",
     "SUM({operating_grants})+SUM({group_contribution_received})"),
    ("result_after_support", "Result after support", "{result_before_support}+{support}"),
    ("imputed", "What the group gives without a bill", "SUM({imputed_group_services})"),
    ("result_fss", "Result at full cost", "{result_before_support}-{imputed}"),
    ("fss_ratio", "Coverage at full cost (FSS)",
     "({own_revenue}+{fin_in})/({own_costs}+{imputed})"),
    ("sdi", "Subsidy dependence index", "-{result_fss}/{own_revenue}"),
    ("group_support", "Cash from the group: contribution, capital, loans less repayments",
     "SUM({group_contribution_received})+SUM({group_capital_injection})"
     "+SUM({group_loan_drawdown})"),
    ("support_rate", "Cash support to own revenue", "{group_support}/{own_revenue}"),
    ("", "Break-even", ""),
    ("take_rate", "Take rate f", "{fee}/{V}"),
    ("variable_rate", "Variable-cost rate v", "{variable}/{V}"),
    ("breakeven_volume", "Break-even volume with today's team (F-O)/(f-v)",
     "({fixed}-{other_in})/({take_rate}-{variable_rate})"),
    ("breakeven_fee", "Break-even fee v+(F-O)/V", "{variable_rate}+({fixed}-{other_in})/{V}"),
    ("volume_reached", "Volume reached V/V*", "{V}/{breakeven_volume}"),
    ("margin_of_safety", "Margin of safety (V-V*)/V", "({V}-{breakeven_volume})/{V}"),
    ("structural_fee_floor", "Lowest fee that can work: v and what advisers cost of the volume",
     "{variable_rate}+{advisers}/{V}"),
    ("breakeven_volume_with_advisers", "Break-even volume, advisers growing with volume",
     "({fixed}-{advisers}-{other_in})/({take_rate}-{structural_fee_floor})"),
    ("growth_needed", "Growth needed a quarter, four quarters left to 2023-Q4",
     "({breakeven_volume_with_advisers}/{V})^(1/4)-1"),
    ("growth_achieved", "Growth achieved a quarter", "({V}/{V4})^(1/4)-1"),
    ("", "Cash and balance sheet, last day of 2022-Q4", ""),
    ("free_cash", "Free cash: cash less what belongs to others (EUR)",
     "{cash}-{member_balances}-{tax_social_liabilities}-{deferred_income}"),
    ("months_of_free_cash", "Months of free cash",
     "{free_cash}/(({own_costs}-SUM({depreciation})-SUM({bad_debt_expense}))/12)"),
    ("net_equity_ratio", "Equity over assets, without members' money",
     "{equity}/({total_assets}-{member_balances})"),
)  # fmt: skip

NOTES = (
    "Austria, 2022-Q4: indicators worked out again",
    "SYNTHETIC: every amount is from the made-up sample workbooks in data/samples.",
    "",
    "Sheet Inputs: each amount with the workbook, sheet and cell it stands in, as printed there "
    "(thousand EUR; brackets are negative) and in EUR.",
    "Sheet Indicators: one formula a line, from those amounts to each indicator. Where a code "
    "stands in column C, smartfin must show the same number: amounts to the cent.",
    "Costs are positive. The books have no labour margin, other operating income, guarantee "
    "fund or one-off lines: they are nil.",
    "Definitions: docs/metrics.md. The test tests/recomputed/test_recomputed.py holds each "
    "amount against its cell, works the formulas out and compares.",
)

NOT_IN_SMARTFIN = {"V4", "fee", "fin_in", "variable", "fixed", "advisers", "other_in", "support",
                   "imputed", "V", "group_support"}  # fmt: skip
CODES = {name for name, _, _ in LINES if name} - NOT_IN_SMARTFIN
RATIOS = {"coverage", "fss_ratio", "sdi", "support_rate", "take_rate", "variable_rate",
          "breakeven_fee", "volume_reached", "margin_of_safety", "structural_fee_floor",
          "growth_needed", "growth_achieved", "net_equity_ratio"}  # fmt: skip
