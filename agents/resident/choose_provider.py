"""To which provider does the family take the child?

    utility = utils_(kind) + utils_per_minute x minutes + utils_per_wait_hour x wait + utils_per_100_yuan x own / 100
              + utils_per_trust x (trust - mean_trust) + utils_usual_provider x is_usual + utils_certificate x is_accredited
              + utils_per_severity_at_primary x severity + utils_signed x is_signed (primary care)
              or utils_any_hospital + utils_hospital_again x is_again (hospital)

Each alternative has a Gumbel die of its own, keyed by illness, visit and provider, so that the family takes the best
and a provider that is not concerned by a policy keeps its luck. The outside option stands in `seek_care` only.
Numbers: choose_provider.toml (discrete-choice experiments for the kinds; the rest assumed or solved).
"""

from agents.compiled import compiled
from agents.units import YUAN_PER_MONEY_STEP


@compiled
def common_utility(k, minutes, wait_hours, own_yuan, trust, is_usual):
    """Utility that every kind of provider shares [utils]."""
    return (
        k.utils_per_minute * minutes
        + k.utils_per_wait_hour * wait_hours
        + k.utils_per_100_yuan * own_yuan / YUAN_PER_MONEY_STEP
        + k.utils_per_trust * (trust - k.mean_trust)
        + k.utils_usual_provider * is_usual
    )


@compiled
def primary_utility(k, is_clinic, is_accredited, severity, is_signed):
    """Utility of a family doctor as such [utils]: falls with severity, rises with the certificate and with a contract."""
    kind = k.utils_clinic if is_clinic else k.utils_centre
    return kind + k.utils_certificate * is_accredited + k.utils_per_severity_at_primary * severity + k.utils_signed * is_signed


@compiled
def hospital_utility(k, utils_of_kind, is_again):
    """Utility of a hospital as such [utils]: rises when an illness did not get better."""
    return k.utils_any_hospital + utils_of_kind + k.utils_hospital_again * is_again
