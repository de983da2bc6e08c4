"""What came of it? Every indicator with its unit and definition, in one place.

Three kinds: a *count* is summed over weeks, a *stock* is the value at the end, a *ratio* divides two sums (so that a period's
ratio is not the mean of weekly ratios). What is named a share lies between 0 and 1. Indicators read the weekly tallies and the
ledger's totals and write nothing.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from agents.units import FEN_PER_YUAN
from model import calendar, ledger
from model.tally import STOCKS_FROM, TALLY

PERIODS = {"burn_in": ("burn_in",), "history": ("history",), "policy": ("policy",), "case": ("history", "policy")}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure: a count, a stock, or factor x numerator / denominator."""

    name: str
    unit: str
    definition: str
    kind: str
    numerator: str = ""
    denominator: str = ""
    factor: float = 1.0
    most: float = np.inf


def _ratio(
    name: str, unit: str, numerator: str, denominator: str, definition: str, factor: float = 1.0, most: float = np.inf
) -> Indicator:
    return Indicator(name, unit, definition, "ratio", numerator, denominator, factor, most)


_RATIOS = (
    _ratio("share_referred", "1", "n_recorded_referrals", "n_alliance_visits",
           "recorded referrals per alliance primary visit: the recorded referral rate"),
    _ratio("share_true_need", "1", "n_true_need_alliance", "n_alliance_visits",
           "alliance visits of children who truly needed the hospital"),
    _ratio("share_self_referred", "1", "n_self_referred", "n_alliance_visits",
           "hospital visits by the family itself after an alliance visit without advice to go, per alliance visit; some come from"
           " visits of weeks before, so at most 1", most=1.0),
    _ratio("share_advised_unrecorded", "1", "n_advised_unrecorded", "n_alliance_visits",
           "alliance visits that ended in unrecorded advice to go"),
    _ratio("share_unnecessary_referrals", "1", "n_unnecessary_referrals", "n_recorded_referrals",
           "recorded referrals of self-limiting illness"),
    _ratio("positive_predictive_value", "1", "n_needed_referrals", "n_recorded_referrals",
           "recorded referrals of children who needed the hospital"),
    _ratio("n_missed_serious_per_1000_serious", "per 1,000", "n_missed_serious", "n_serious",
           "serious illnesses missed at least once, or seen by nobody before the alarm, per 1,000 serious illnesses of all children", 1e3),
    _ratio("n_missed_serious_per_10000_visits", "per 10,000", "n_missed_serious_alliance", "n_alliance_visits",
           "seriously ill children whom an accredited doctor sent home, per 10,000 alliance visits", 1e4),
    _ratio("mean_delay_days", "days", "delay_days", "n_serious_treated", "days from onset to treatment of a serious illness"),
    _ratio("share_by_green_channel", "1", "n_green", "n_recorded_referrals", "recorded referrals with a reserved appointment"),
    _ratio("share_seeking_care", "1", "n_sought", "n_illnesses", "illnesses for which the family sought care at once"),
    _ratio("share_first_contact_primary", "1", "n_first_contacts_primary", "n_first_contacts",
           "first contacts of an illness at a centre or clinic"),
    _ratio("visits_per_episode", "visits", "n_visits", "n_first_contacts", "visits of an illness that was brought to a provider"),
    _ratio("share_revisits", "1", "n_not_better", "n_visits", "visits after which the illness came back"),
    _ratio("share_alliance_visits", "1", "n_alliance_visits", "n_visits", "visits to accredited doctors among all visits"),
    _ratio("share_members_in_alliance_visits", "1", "n_alliance_visits_members", "n_alliance_visits",
           "alliance visits of members"),
    _ratio("share_turned_away", "1", "n_turned_away", "n_attempts", "attempts to be seen that found every provider full"),
    _ratio("wait_hours_members", "h", "wait_hours_members_sum", "n_waits_members", "waiting of members at a visit"),
    _ratio("wait_hours_others", "h", "wait_hours_others_sum", "n_waits_others", "waiting of other children at a visit"),
    _ratio("lapse_share", "1", "n_lapsed", "n_renewals", "households that lapsed at renewal"),
    _ratio("lapse_share_healthy", "1", "n_lapsed_healthy", "n_renewals_healthy", "the same among households of less than mean risk"),
    _ratio("share_antibiotic", "1", "n_antibiotics", "n_primary_visits", "primary visits with an antibiotic"),
    _ratio("share_abnormal_prescriptions", "1", "n_unneeded_alliance", "n_alliance_visits",
           "alliance visits with an antibiotic for an illness that needs none: the abnormal prescriptions"),
    _ratio("share_unneeded_antibiotics", "1", "n_unneeded_antibiotics", "n_antibiotics", "antibiotics for an illness that needs none"),
    _ratio("share_asking_for_hospital", "1", "n_asked_for_hospital", "n_alliance_visits", "alliance visits at which the family asked to be sent"),
    _ratio("share_satisfied_with_payment", "1", "n_satisfied_with_payment", "n_certified_asked",
           "certified doctors satisfied with payment: who left or never passed is not asked"),
    _ratio("share_satisfied_with_platform", "1", "n_satisfied_with_platform", "n_certified_asked",
           "certified doctors satisfied with the platform: who left or never passed is not asked"),
    _ratio("share_signed", "1", "n_signed", "n_households", "households with a family-doctor contract, week by week"),
    _ratio("share_catastrophic", "1", "n_catastrophic", "n_household_years",
           "households whose own payments for care passed the threshold share of income in a year"),
    *(_ratio(f"share_catastrophic_fifth_{i}", "1", f"n_catastrophic_fifth_{i}", "n_household_years",
             f"the same in the income fifth {i} (1 the poorest), taken as a fifth of all households, at most 1", 5.0, 1.0)
      for i in range(1, 6)),
    _ratio("hours_of_records", "h/visit", "minutes_of_records_sum", "n_alliance_visits", "structured record of an alliance visit", 1 / 60),
    _ratio("visits_per_doctor_week", "visits/week", "n_alliance_visits", "n_accredited_doctors", "alliance visits of an accredited doctor in a week"),
    _ratio("claims_per_member_yuan", "yuan/week", "fund_claims_yuan", "n_members", "claims per member"),
    _ratio("pass_share", "1", "n_passed", "n_sittings", "examinations passed"),
    _ratio("mean_skill_accredited", "1", "skill_accredited_sum", "n_accredited_doctors", "skill of accredited doctors, week by week"),
    _ratio("loss_ratio", "1", "fund_claims_yuan", "fund_premium_yuan", "claims per premium"),
    _ratio("combined_ratio", "1", "fund_outgo_yuan", "fund_premium_yuan", "all outgo except investment, per premium"),
    _ratio("own_payment_per_child_yuan", "yuan/week", "own_payment_yuan", "n_children", "families' own payments per child"),
    _ratio("basic_insurance_per_child_yuan", "yuan/week", "basic_insurance_yuan", "n_children", "basic insurance per child"),
    _ratio("cost_per_child_yuan", "yuan/week", "care_cost_yuan", "n_children", "cost of care per child, all payers"),
)  # fmt: skip

# money columns: name, definition, reasons, account kind whose receipts (+) or payments (-) are read, sign
_MONEY = {
    "fund_premium_yuan": ("premiums earned", ("premium",), "households", -1),
    "fund_claims_yuan": ("claims for visits and benefits for severe illness", ("covered_visit", "severe_benefit"), "fund_claims", -1),
    "fund_severe_benefit_yuan": ("benefits for severe illness", ("severe_benefit",), "fund_claims", -1),
    "fund_reinsurance_yuan": ("reinsurance premiums less what the reinsurer paid", ("reinsurance_premium", "reinsurance_payment"), "fund_claims", -1),
    "fund_fees_yuan": ("fees and incentives to doctors, referral payments and expert hours",
                       ("doctor_fee", "incentive", "training_pay", "deduction", "referral_fee", "expert_hours"), "fund_claims", -1),
    "fund_administration_yuan": ("administration", ("administration",), "fund_claims", -1),
    "fund_reinvested_yuan": ("surplus and advances used for primary care: equipment, training, platform, green numbers",
                             ("for_equipment", "for_training", "for_platform", "for_green_numbers"), "fund_reserve", -1),
    "fund_for_equipment_yuan": ("surplus used for equipment and posts", ("for_equipment",), "fund_reserve", -1),
    "fund_for_training_yuan": ("surplus used for training", ("for_training",), "fund_reserve", -1),
    "fund_for_platform_yuan": ("surplus used for the information platform", ("for_platform",), "fund_reserve", -1),
    "fund_for_green_numbers_yuan": ("surplus used for further green numbers", ("for_green_numbers",), "fund_reserve", -1),
    "fund_rebated_yuan": ("surplus given back to members", ("rebate",), "fund_reserve", -1),
    "fund_capital_repaid_yuan": ("founders' capital paid back", ("capital_repaid",), "fund_operating", -1),
    "fund_loss_borne_yuan": ("losses that others bore when the plan was closed", ("loss_borne",), "outside", -1),
    "basic_insurance_yuan": ("spending of basic insurance on the zone's children", ("basic_outpatient", "basic_inpatient", "basic_severe"), "basic_insurance", -1),
    "own_payment_yuan": ("families' own payments for care", ("own_payment", "own_inpatient", "own_severe", "severe_benefit"), "households", -1),
    "subsidy_yuan": ("subsidies, advances and contract fees of the government", ("subsidy", "advance", "contract_fee"), "government", -1),
    "fines_yuan": ("fines for unneeded antibiotics", ("fine",), "basic_insurance", 1),
    "doctor_income_from_alliance_yuan": ("pay from the plan that reached doctors", ("passed_on", "deduction"), "doctor", 1),
    "hospital_income_from_alliance_yuan": ("payments of the plan to the alliance hospital",
                                           ("referral_fee", "expert_hours", "for_green_numbers"), "alliance_hospital", 1),
    "hospital_income_yuan": ("receipts of the alliance hospital from the zone's children and the plan",
                             ("own_payment", "basic_outpatient", "own_inpatient", "basic_inpatient", "own_severe", "basic_severe",
                              "referral_fee", "expert_hours", "for_green_numbers"), "alliance_hospital", 1),
    "centre_income_yuan": ("receipts of community centres for visits and contracts, less fines",
                           ("own_payment", "basic_outpatient", "covered_visit", "contract_fee", "fine"), "centre", 1),
    "clinic_income_yuan": ("receipts of private clinics for visits and contracts, less fines",
                           ("own_payment", "basic_outpatient", "covered_visit", "contract_fee", "fine"), "clinic", 1),
}  # fmt: skip
_FUND_KINDS = ("fund_premium", "fund_claims", "fund_reserve")
_IN_YUAN = {
    "loss_brought_forward_fen": "fund_accumulated_loss_yuan", "surplus_available_fen": "fund_surplus_available_yuan",
    "arrived_private_fen": "private_doctor_income_from_alliance_yuan",
} | {f"own_paid_fifth_{i}_fen": f"own_payment_of_year_fifth_{i}_yuan" for i in range(1, 6)}  # fmt: skip


def _declare() -> dict[str, Indicator]:
    names = [field.name for field in TALLY]
    stocks = set(names[names.index(STOCKS_FROM) :])
    found: dict[str, Indicator] = {}
    for field in TALLY:
        name = _IN_YUAN.get(field.name, field.name)
        unit = "yuan" if field.name in _IN_YUAN else field.unit
        found[name] = Indicator(name, unit, field.meaning, "stock" if field.name in stocks else "count")
    for name, (definition, *_) in _MONEY.items():
        found[name] = Indicator(name, "yuan", definition, "count")
    found["fund_outgo_yuan"] = Indicator(
        "fund_outgo_yuan", "yuan", "claims, fees, administration and net reinsurance of the fund", "count"
    )
    found["care_cost_yuan"] = Indicator("care_cost_yuan", "yuan", "own payments, basic insurance and claims for care", "count")
    found["n_attempts"] = Indicator(
        "n_attempts", "visits", "attempts to be seen: visits, and attempts that found every provider full", "count"
    )
    found["fund_reserve_yuan"] = Indicator(
        "fund_reserve_yuan", "yuan", "balance of the fund without its operating capital, at the end", "stock"
    )
    found["share_members"] = Indicator("share_members", "1", "children in the register who are members of the plan", "stock")
    found["n_weeks_solvency_short"] = Indicator(
        "n_weeks_solvency_short", "weeks", "weeks in which the plan's capital was short at its last closing, or the plan had ended",
        "count",
    )  # fmt: skip
    found["ledger_imbalance_fen"] = Indicator("ledger_imbalance_fen", "fen", "sum of all accounts: zero, always", "stock")
    return found | {ratio.name: ratio for ratio in _RATIOS}


INDICATORS = _declare()
FIRST = (
    "n_alliance_visits", "share_referred", "share_true_need", "share_self_referred", "n_missed_serious_per_1000_serious",
    "n_missed_serious_per_10000_visits", "n_accredited_doctors", "fund_reserve_yuan", "ledger_imbalance_fen",
)  # fmt: skip


def _money(by_kind: np.ndarray) -> dict[str, np.ndarray]:
    """Money columns [yuan] from totals by week, account kind and reason, shape (n_weeks, n_kinds, n_reasons)."""
    columns = {}
    for name, (_, reasons, kind, sign) in _MONEY.items():
        chosen = by_kind[:, ledger.ACCOUNT_KINDS.index(kind), :][:, [ledger.REASONS.index(r) for r in reasons]]
        columns[name] = sign * chosen.sum(axis=1) / FEN_PER_YUAN
    columns["fund_outgo_yuan"] = columns["fund_claims_yuan"] + columns["fund_fees_yuan"] + columns["fund_administration_yuan"]
    columns["fund_outgo_yuan"] = columns["fund_outgo_yuan"] + columns["fund_reinsurance_yuan"]
    columns["care_cost_yuan"] = columns["own_payment_yuan"] + columns["basic_insurance_yuan"] + columns["fund_claims_yuan"]
    balance = by_kind.sum(axis=2).cumsum(axis=0)
    fund = [ledger.ACCOUNT_KINDS.index(kind) for kind in _FUND_KINDS]
    columns["fund_reserve_yuan"] = balance[:, fund].sum(axis=1) / FEN_PER_YUAN
    columns["ledger_imbalance_fen"] = balance.sum(axis=1)
    return columns


def _divided(frame: dict[str, np.ndarray], ratio: Indicator) -> np.ndarray:
    shares = _shares(ratio.factor * np.asarray(frame[ratio.numerator], float), frame[ratio.denominator])
    return np.minimum(shares, ratio.most)


def _shares(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """One by the other, week by week; not a number where there is nothing to divide by."""
    under = np.asarray(below, float)
    return np.divide(np.asarray(above, float), under, out=np.full(len(under), np.nan), where=under != 0)


def weekly_frame(tallies: Sequence[np.recarray], totals: Sequence[ledger.WeekTotals]) -> pd.DataFrame:
    """One row a week: week_start, period, every count, stock, money column and ratio of that week."""
    table = np.frombuffer(b"".join(tally.tobytes() for tally in tallies), tallies[0].dtype)  # concatenate compares types
    n = len(table)
    columns: dict[str, np.ndarray] = {
        "week_start": calendar.starts(n),
        "period": np.array([calendar.period_of(i) for i in range(n)]),
    }
    for field in TALLY:
        name = _IN_YUAN.get(field.name, field.name)
        columns[name] = table[field.name] / FEN_PER_YUAN if field.name in _IN_YUAN else table[field.name]
    columns["n_attempts"] = columns["n_visits"] + columns["n_turned_away"]
    columns |= _money(np.stack([week.by_kind for week in totals]))
    columns["share_members"] = _shares(columns["n_members"], columns["n_children"])
    columns["n_weeks_solvency_short"] = 1 - columns["is_plan_selling"]  # a closing that finds it short, and the end, stop sales
    for ratio in _RATIOS:
        columns[ratio.name] = _divided(columns, ratio)
    return pd.DataFrame(columns)


def rolling(weekly: pd.DataFrame, name: str, weeks: int) -> np.ndarray:
    """An indicator over the last `weeks` weeks, week by week: ratios of sums, sums of counts, stocks as they are; shape (n,)."""
    indicator = INDICATORS[name]
    if indicator.kind == "stock":
        return weekly[name].to_numpy(float)
    if indicator.kind == "count":
        return _rolling_sum(weekly[name].to_numpy(float), weeks)
    sums = {part: _rolling_sum(weekly[part].to_numpy(float), weeks) for part in (indicator.numerator, indicator.denominator)}
    return _divided(sums, indicator)


def _rolling_sum(values: np.ndarray, weeks: int) -> np.ndarray:
    total = np.concatenate([[0.0], np.cumsum(values)])
    start = np.maximum(np.arange(len(values)) + 1 - weeks, 0)
    return total[1:] - total[start]


def so_far(weekly: pd.DataFrame) -> pd.DataFrame:
    """A row a week: every indicator over that week's period up to it; a period's last row is its `summary`, to the bit."""
    of_kind = {kind: [name for name, one in INDICATORS.items() if one.kind == kind] for kind in ("count", "stock")}
    parts = {part for ratio in _RATIOS for part in (ratio.numerator, ratio.denominator)}
    summed = weekly[list(parts.union(of_kind["count"]))].groupby(weekly["period"], sort=False).cumsum()
    sums = {str(name): column.to_numpy() for name, column in summed.items()}
    columns = {name: weekly[name].to_numpy() for name in ("week_start", "period", *of_kind["stock"])}
    columns |= {name: sums[name] for name in of_kind["count"]} | {ratio.name: _divided(sums, ratio) for ratio in _RATIOS}
    frame = pd.DataFrame(columns)
    for period in weekly["period"].unique():
        exact = summary(weekly, period)
        frame.loc[frame.index[weekly["period"] == period][-1], list(exact)] = list(exact.values())
    return frame.loc[:, ["week_start", "period", *INDICATORS]]


def summary(weekly: pd.DataFrame, period: str = "history") -> dict[str, float]:
    """Every indicator over a period; raises KeyError for an unknown period."""
    return over(weekly.loc[weekly["period"].isin(PERIODS[period])])


def over(rows: pd.DataFrame) -> dict[str, float]:
    """Every indicator over some weeks of a weekly frame. A ratio without cases is None-like: NaN."""
    found: dict[str, float] = {}
    for name, indicator in INDICATORS.items():
        if indicator.kind == "stock":
            found[name] = rows[name].to_numpy()[-1].item() if len(rows) else float("nan")
        elif indicator.kind == "count":
            found[name] = rows[name].sum().item()
    for ratio in _RATIOS:
        sums = {part: np.array([rows[part].sum()]) for part in (ratio.numerator, ratio.denominator)}
        found[ratio.name] = _divided(sums, ratio)[0].item()
    first = {name: found[name] for name in FIRST}
    return first | found


def result_hash(tallies: Sequence[np.recarray], totals: Sequence[ledger.WeekTotals]) -> str:
    """Hash of every weekly count and every week's totals [hex]: two runs with one hash had the same results."""
    digest = hashlib.sha256()
    for tally, week in zip(tallies, totals, strict=True):
        digest.update(tally.view(np.int64)[: len(TALLY)].tobytes())  # without the padding behind the fields
        digest.update(week.place.tobytes())
        digest.update(week.fen.tobytes())
    return digest.hexdigest()[:16]
