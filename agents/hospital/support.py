"""How are the experts' hours divided, and what do they bring?

    training hours a week = experts x hours a week x share_for_training    (places a quarter = hours / hours_per_place)
    review hours a week   = experts x hours a week x share_for_review
    supervised share      = min(1, review hours / hours_per_supervised_case / alliance visits a week)
    clinic visits lost    = (training + review hours) x visits_per_hour x (1 - backfill)

Left out: the hospital's own reckoning whether the alliance is worth its effort. Numbers: support.toml.
"""

from agents.compiled import compiled


@compiled
def hours(k, share):
    """Expert hours a week for a share of their time, for the whole zone [h/week]."""
    return k.n_experts * k.hours_per_week * share


@compiled
def supervised_share(k, review_hours, alliance_visits):
    """Share of the week's alliance visits that an expert supervises [1]."""
    return min(1.0, review_hours / k.hours_per_supervised_case / max(1.0, alliance_visits))


@compiled
def clinic_visits_lost(k, hours_given):
    """Clinic visits a week that the experts do not give [visits/week]."""
    return hours_given * k.visits_per_hour * (1.0 - k.backfill)
