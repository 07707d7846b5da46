"""What each synthetic partner is like: the only place where the story is tuned.

Amounts are in the partner's own currency. Ranges and patterns follow the table of sample
data in the domain notes: Spain near balance, Italy past it, Germany on the border, Austria
carried by its fee, Sweden short of it, the Netherlands and Hungary without their public.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from smartfin.quarter import Quarter

SEED = 20231231

# Share of the usual volume that was left in each quarter of the pandemic.
COVID = {
    Quarter(2020, 2): 0.66,
    Quarter(2020, 3): 0.69,
    Quarter(2020, 4): 0.80,
    Quarter(2021, 1): 0.83,
    Quarter(2021, 2): 0.91,
    Quarter(2021, 3): 0.96,
    Quarter(2021, 4): 0.98,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One partner's economics.

    Args:
        code: Partner code.
        currency: ISO code of its books.
        first: First quarter of activity.
        last: Last quarter in the samples.
        step: Smallest printed amount [currency]; every component is a multiple of it.
        volume: Year to usual invoiced volume of that year, without the pandemic [currency].
        seasons: Factors of the four quarters on the volume; their mean is 1.
        fees: From which quarter which fee holds [percent of volume].
        coverage: Year to own revenue over own costs of that year [fraction].
        variable: Item to cost per unit of volume [fraction].
        dues: Membership fee per member and year [currency].
        extra: Item to own income per unit of fee revenue [fraction].
        shares: Item to its part of the fixed costs [fraction]; staff takes what is left.
        services: Year to the part of fixed costs spent on member services [fraction].
        post_cost: Full cost of one post in the last year [currency a year].
        advisers: Year to the part of the team that advises members [fraction].
        support: Year to group contribution [currency]; a year not named gets ``cover`` of
            the gap.
        through_equity: Whether the group's contribution enters as equity, past the P&L.
        cover: Part of the gap the group paid in years not named.
        grants: Year to public grants [currency].
        covid_aid: Grants of the pandemic, by quarter [currency].
        one_offs: Exceptional results by quarter [currency, signed].
        tax_rate: Tax on a positive year [fraction].
        founding: Share capital the group put in at the launch [currency].
        share: Nominal value of one member's share [currency].
        receivable_days: Days until clients pay.
        months: Year to months of own costs that stay in the bank beyond others' money.
        bank: Bank credit per unit of yearly volume [fraction].
        loan: Smallest loan the group gives [currency].
        member_volume: Year to volume a year of one active member [currency].
        active_share: Year to active over registered members [fraction].
        low_income: Year to small users over active members [fraction].
        training: Training hours per active member and quarter.
        plan_growth: Volume planned for 2023 over that of 2022.
        plan_rounding: Printed steps to which plans are rounded.
        full_social: Whether every social item, and what the group gives free, is reported.
    """

    code: str
    currency: str
    first: Quarter
    last: Quarter
    step: int
    volume: Mapping[int, float]
    seasons: tuple[float, float, float, float]
    fees: tuple[tuple[Quarter, float], ...]
    coverage: Mapping[int, float]
    variable: Mapping[str, float]
    dues: float
    extra: Mapping[str, float]
    shares: Mapping[str, float]
    services: Mapping[int, float]
    post_cost: float
    advisers: Mapping[int, float]
    support: Mapping[int, float] = field(default_factory=dict)
    through_equity: bool = False
    cover: float = 0.93
    grants: Mapping[int, float] = field(default_factory=dict)
    covid_aid: Mapping[Quarter, float] = field(default_factory=dict)
    one_offs: Mapping[Quarter, float] = field(default_factory=dict)
    tax_rate: float = 0.0
    founding: float
    share: float
    receivable_days: float
    months: Mapping[int, float]
    bank: float = 0.0
    loan: float
    member_volume: Mapping[int, float]
    active_share: Mapping[int, float]
    low_income: Mapping[int, float]
    training: float
    plan_growth: float = 1.06
    plan_rounding: int = 1
    full_social: bool = False


def _yearly(first: int, *values: float, unit: float = 1.0) -> Mapping[int, float]:
    """Figures of consecutive years."""
    return {first + place: value * unit for place, value in enumerate(values)}


SEASONS = (0.97, 1.04, 0.86, 1.13)  # weak summer, strong spring and year's end
SHARES = {
    "it_costs": 0.075,
    "rent_costs": 0.065,
    "professional_fees": 0.055,
    "marketing_costs": 0.03,
    "other_operating_expenses": 0.05,
    "depreciation": 0.03,
    "financial_expense": 0.008,
}

SPAIN = Profile(
    code="ES",
    currency="EUR",
    first=Quarter(2013, 2),
    last=Quarter(2022, 4),
    step=1,
    volume=_yearly(2013, 0.3, 0.8, 1.5, 2.3, 3.2, 4.1, 4.85, 4.9, 5.4, 5.8, unit=1e6),
    seasons=SEASONS,
    fees=((Quarter(2013, 2), 7.5),),
    coverage=_yearly(2013, 0.17, 0.31, 0.44, 0.56, 0.68, 0.79, 0.865, 0.765, 0.91, 0.987),
    variable={"bad_debt_expense": 0.003, "guarantee_fund_charge": 0.02, "insurance_costs": 0.002},
    dues=14.0,
    extra={"service_revenue": 0.035, "other_operating_income": 0.006},
    shares=SHARES,
    services={2013: 0.06, 2018: 0.08, 2021: 0.08, 2022: 0.09},
    post_cost=34_000,
    advisers={2013: 0.45, 2022: 0.52},
    support={2021: 48_000, 2022: 20_000},
    grants={2017: 6_000, 2018: 8_000, 2019: 8_000, 2020: 8_000, 2021: 8_000, 2022: 8_000},
    covid_aid={Quarter(2020, 2): 14_000, Quarter(2020, 3): 16_000, Quarter(2021, 1): 6_000},
    one_offs={Quarter(2018, 3): -4_200},
    founding=90_000,
    share=60,
    receivable_days=30,
    bank=0.012,
    months={2013: 1.6, 2021: 1.6, 2022: 1.4},
    loan=5_000,
    plan_rounding=100,
    member_volume={2013: 4_200, 2016: 6_800, 2019: 8_600, 2022: 9_100},
    active_share={2013: 0.7, 2017: 0.5, 2022: 0.46},
    low_income={2013: 0.52, 2018: 0.41, 2022: 0.4},
    training=0.9,
    full_social=True,
)

ITALY = Profile(
    code="IT",
    currency="EUR",
    first=Quarter(2014, 1),
    last=Quarter(2022, 4),
    step=1,
    volume=_yearly(2014, 0.1, 0.7, 1.7, 2.9, 4.3, 5.8, 6, 7.9, 8.9, unit=1e6),
    seasons=(0.95, 1.05, 0.87, 1.13),
    fees=((Quarter(2014, 1), 8.5), (Quarter(2018, 1), 9.0), (Quarter(2020, 1), 9.5)),
    coverage=_yearly(2014, 0.07, 0.27, 0.46, 0.61, 0.75, 0.87, 0.79, 0.975, 1.047),
    variable={"bad_debt_expense": 0.005, "insurance_costs": 0.004},
    dues=22.0,
    extra={"employment_margin": 0.03, "service_revenue": 0.03, "other_operating_income": 0.005},
    shares=SHARES,
    services={2014: 0.06, 2018: 0.075, 2022: 0.075},
    post_cost=40_000,
    advisers={2014: 0.4, 2022: 0.5},
    support={2021: 45_000, 2022: 15_000},
    grants={2018: 10_000, 2019: 12_000, 2020: 12_000, 2021: 12_000, 2022: 9_000},
    covid_aid={Quarter(2020, 2): 26_000, Quarter(2020, 3): 30_000, Quarter(2021, 1): 12_000},
    one_offs={Quarter(2021, 3): -9_500},
    tax_rate=0.24,
    founding=120_000,
    share=50,
    receivable_days=27,
    bank=0.02,
    months={2014: 2.0, 2020: 2.0, 2021: 1.2, 2022: 0.6},
    loan=5_000,
    plan_rounding=100,
    plan_growth=1.07,
    member_volume={2014: 3_500, 2017: 7_200, 2019: 8_300, 2022: 8_900},
    active_share={2014: 0.75, 2018: 0.6, 2022: 0.58},
    low_income={2014: 0.5, 2018: 0.38, 2022: 0.37},
    training=1.1,
    full_social=True,
)

GERMANY = Profile(
    code="DE",
    currency="EUR",
    first=Quarter(2015, 4),
    last=Quarter(2022, 4),
    step=10,
    volume=_yearly(2015, 0.2, 0.75, 2.1, 3.2, 3.75, 3.8, 4.95, 5.25, unit=1e6),
    seasons=(0.95, 1.03, 0.88, 1.14),
    fees=((Quarter(2015, 4), 7.0), (Quarter(2021, 1), 8.0), (Quarter(2021, 3), 9.0)),
    coverage=_yearly(2015, 0.06, 0.17, 0.34, 0.5, 0.59, 0.42, 0.845, 0.947),
    variable={"bad_debt_expense": 0.004, "insurance_costs": 0.005},
    dues=0.0,
    extra={"service_revenue": 0.04, "other_operating_income": 0.008},
    shares=SHARES,
    services={2015: 0.05, 2019: 0.07, 2022: 0.07},
    post_cost=50_500,
    advisers={2015: 0.4, 2022: 0.5},
    support={2021: 95_000, 2022: 45_000},
    covid_aid={Quarter(2020, 2): 18_000, Quarter(2020, 3): 22_000, Quarter(2021, 1): 15_000},
    one_offs={Quarter(2019, 4): -8_300},
    founding=75_000,
    share=100,
    receivable_days=27,
    months={2015: 1.3},
    loan=5_000,
    plan_rounding=10,
    plan_growth=1.08,
    member_volume={2015: 5_500, 2018: 10_200, 2022: 11_800},
    active_share={2015: 0.6, 2019: 0.46, 2022: 0.47},
    low_income={2015: 0.5, 2019: 0.42, 2022: 0.41},
    training=0.7,
)

AUSTRIA = Profile(
    code="AT",
    currency="EUR",
    first=Quarter(2014, 1),
    last=Quarter(2022, 4),
    step=100,
    volume=_yearly(2014, 0.1, 0.33, 0.65, 1, 1.35, 1.7, 1.75, 2.15, 2.4, unit=1e6),
    seasons=(0.96, 1.04, 0.88, 1.12),
    fees=(
        (Quarter(2014, 1), 7.5),
        (Quarter(2019, 1), 8.0),
        (Quarter(2021, 3), 9.0),
        (Quarter(2022, 1), 9.5),
        (Quarter(2022, 3), 10.0),
    ),
    coverage=_yearly(2014, 0.06, 0.16, 0.27, 0.36, 0.44, 0.53, 0.47, 0.68, 0.9),
    variable={"bad_debt_expense": 0.004, "insurance_costs": 0.004},
    dues=20.0,
    extra={"service_revenue": 0.03},
    shares=SHARES,
    services={2014: 0.09, 2019: 0.12, 2020: 0.115, 2021: 0.1, 2022: 0.06},
    post_cost=54_500,
    advisers={2014: 0.5, 2020: 0.5, 2021: 0.46, 2022: 0.37},
    support={2021: 62_000, 2022: 34_000},
    grants={2018: 5_000, 2019: 5_000, 2020: 5_000, 2021: 4_000, 2022: 4_000},
    covid_aid={Quarter(2020, 2): 9_000, Quarter(2020, 3): 12_000, Quarter(2021, 1): 6_000},
    founding=60_000,
    share=70,
    receivable_days=28,
    months={2014: 1.2},
    loan=5_000,
    plan_growth=1.09,
    member_volume={2014: 4_000, 2017: 8_500, 2020: 9_600, 2021: 10_100, 2022: 11_600},
    active_share={2014: 0.65, 2018: 0.5, 2022: 0.45},
    low_income={2014: 0.5, 2020: 0.42, 2021: 0.4, 2022: 0.31},
    training=0.9,
    full_social=True,
)

SWEDEN = Profile(
    code="SE",
    currency="SEK",
    first=Quarter(2012, 2),
    last=Quarter(2022, 4),
    step=1_000,
    volume=_yearly(2012, 2, 4, 6.3, 8.6, 10.8, 12.8, 14.6, 16.3, 16.6, 18.6, 19.8, unit=1e6),
    seasons=(0.97, 1.05, 0.84, 1.14),
    fees=((Quarter(2012, 2), 8.0), (Quarter(2016, 1), 9.0), (Quarter(2020, 1), 10.0)),
    coverage=_yearly(2012, 0.1, 0.19, 0.27, 0.34, 0.43, 0.49, 0.54, 0.59, 0.535, 0.685, 0.725),
    variable={"bad_debt_expense": 0.005, "insurance_costs": 0.005},
    dues=200.0,
    extra={"service_revenue": 0.025, "other_operating_income": 0.005},
    shares=SHARES,
    services={2012: 0.06, 2022: 0.07},
    post_cost=580_000,
    advisers={2012: 0.5, 2021: 0.5, 2022: 0.53},
    support={2021: 780e3, 2022: 700e3},
    through_equity=True,
    cover=1.0,
    covid_aid={Quarter(2020, 2): 160_000, Quarter(2020, 3): 190_000, Quarter(2021, 1): 60_000},
    founding=300_000,
    share=500,
    receivable_days=30,
    months={2012: 1.1},
    loan=50_000,
    member_volume={2012: 45_000, 2016: 78_000, 2022: 92_000},
    active_share={2012: 0.6, 2018: 0.42, 2022: 0.42},
    low_income={2012: 0.5, 2018: 0.44, 2022: 0.44},
    training=0.6,
)

NETHERLANDS = Profile(
    code="NL",
    currency="EUR",
    first=Quarter(2014, 3),
    last=Quarter(2020, 1),
    step=1,
    volume=_yearly(2014, 0.05, 0.15, 0.26, 0.36, 0.44, 0.5, 0.51, unit=1e6),
    seasons=(0.97, 1.04, 0.86, 1.13),
    fees=((Quarter(2014, 3), 8.0),),
    coverage=_yearly(2014, 0.06, 0.16, 0.26, 0.34, 0.4, 0.43, 0.42),
    variable={"bad_debt_expense": 0.006, "insurance_costs": 0.005},
    dues=25.0,
    extra={"service_revenue": 0.05},
    shares=SHARES,
    services={2014: 0.06, 2020: 0.06},
    post_cost=63_000,
    advisers={2014: 0.5, 2020: 0.5},
    founding=40_000,
    share=50,
    receivable_days=31,
    months={2014: 0.8},
    loan=2_500,
    member_volume={2014: 3_800, 2017: 5_600, 2020: 5_900},
    active_share={2014: 0.5, 2017: 0.28, 2020: 0.22},
    low_income={2014: 0.6, 2020: 0.58},
    training=0.5,
)

HUNGARY = Profile(
    code="HU",
    currency="HUF",
    first=Quarter(2014, 4),
    last=Quarter(2020, 1),
    step=1_000,
    volume=_yearly(2014, 5, 13, 23, 32, 39, 44, 45, unit=1e6),
    seasons=(0.96, 1.04, 0.87, 1.13),
    fees=((Quarter(2014, 4), 7.5),),
    coverage=_yearly(2014, 0.05, 0.12, 0.2, 0.27, 0.32, 0.35, 0.34),
    variable={"bad_debt_expense": 0.008, "insurance_costs": 0.005},
    dues=4_000.0,
    extra={"service_revenue": 0.04},
    shares=SHARES,
    services={2014: 0.05, 2020: 0.05},
    post_cost=6_300_000,
    advisers={2014: 0.5, 2020: 0.5},
    founding=6_000_000,
    share=10_000,
    receivable_days=38,
    months={2014: 0.7},
    loan=500_000,
    member_volume={2014: 650_000, 2017: 1_000_000, 2020: 1_080_000},
    active_share={2014: 0.5, 2017: 0.3, 2020: 0.24},
    low_income={2014: 0.6, 2020: 0.58},
    training=0.4,
)

PROFILES = {
    profile.code: profile
    for profile in (SPAIN, ITALY, SWEDEN, GERMANY, AUSTRIA, NETHERLANDS, HUNGARY)
}
