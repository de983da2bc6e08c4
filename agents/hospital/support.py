"""How are the experts' hours divided, and what do they bring?

    training hours a week = experts x hours a week x share_for_training    (places a quarter = hours / hours_per_place)
    review hours a week   = experts x hours a week x share_for_review
    supervised share      = min(1, review hours / hours_per_supervised_case / alliance visits a week)
    clinic visits lost    = (training + review hours) x visits_per_hour x (1 - backfill)

and how much effort is the alliance worth to the hospital itself?

    net benefit an hour = fund's payment an hour + value of complex cases an hour - clinic revenue an hour x (1 - backfill)
    ln odds(effort)     = log_odds_of_effort + log_odds_per_100_yuan x net benefit / 100
    effort             += adaptation x (that - effort), each quarter; it scales hours and reserved numbers

A loose alliance decays by this reckoning. Numbers: support.toml.
"""

import math

from agents.compiled import compiled
from agents.units import YUAN_PER_MONEY_STEP


@compiled
def hours(k, share, effort):
    """Expert hours a week for a share of their time, for the whole zone [h/week]."""
    return k.n_experts * k.hours_per_week * share * effort


@compiled
def supervised_share(k, review_hours, alliance_visits, saved_by_platform):
    """Share of the week's alliance visits that an expert supervises [1]; a better platform shortens each review."""
    hours_per_case = k.hours_per_supervised_case * (1.0 - saved_by_platform)
    return min(1.0, review_hours / hours_per_case / max(1.0, alliance_visits))


@compiled
def clinic_visits_lost(k, hours_given):
    """Clinic visits a week that the experts do not give [visits/week]."""
    return hours_given * k.visits_per_hour * (1.0 - k.backfill)


@compiled
def net_benefit_per_hour(k, paid_per_hour, n_complex_cases, referral_fee_yuan, hours_given, visit_yuan):
    """What an expert's hour for the alliance brings the hospital above an hour in the clinic [yuan/h]."""
    of_cases = n_complex_cases * (k.yuan_per_complex_case + referral_fee_yuan) / max(1.0, hours_given)
    return paid_per_hour + of_cases - k.visits_per_hour * visit_yuan * (1.0 - k.backfill)


@compiled
def effort(k, before, net_benefit_yuan):
    """Effort for the alliance after this quarter [1], 1 is all that the levers ask for."""
    log_odds = k.log_odds_of_effort + k.log_odds_per_100_yuan * net_benefit_yuan / YUAN_PER_MONEY_STEP
    return before + k.adaptation * (1.0 / (1.0 + math.exp(-log_odds)) - before)
