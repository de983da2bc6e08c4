"""What does the fund pay the doctors, and what of it reaches them?

    fee                = yuan_per_visit for each member's visit to an accredited doctor, monthly
    referral incentive = yuan_per_avoided_referral x clip(benchmark_share x visits - recorded referrals, -cap, +cap), yearly
    what arrives       = reaches_(public | separate | private) of both; under separate revenue and expenditure a quarter later

What the doctor loses with one more recorded referral is what arrives of yuan_per_avoided_referral while the count is
within the cap, nothing beyond it. A bonus that would be negative is deducted from the
doctor's pay. Numbers: pay.toml.
"""

import math

from agents.compiled import compiled


@compiled
def share_that_arrives(k, is_private, is_separate):
    """Share of the plan's pay that reaches this doctor [1]."""
    if is_private:
        return k.reaches_private
    return k.reaches_separate if is_separate else k.reaches_public


@compiled
def counted_referrals(k, n_visits, n_recorded):
    """Referrals below the benchmark that the incentive counts [referrals]: positive is avoided, negative too many."""
    return min(k.cap_in_referrals, max(-k.cap_in_referrals, k.benchmark_share * n_visits - n_recorded))


@compiled
def yuan_lost_per_referral(k, share_arriving, n_visits, n_recorded):
    """What one more recorded referral costs the doctor now [yuan]; 0 where the cap binds."""
    below_benchmark = k.benchmark_share * n_visits - n_recorded
    if below_benchmark <= -k.cap_in_referrals or below_benchmark > k.cap_in_referrals:
        return 0.0
    return k.yuan_per_avoided_referral * share_arriving


@compiled
def arriving_fen(share_arriving, fen):
    """What of a payment reaches the doctor [fen]; who passes it on keeps the rounding."""
    return math.floor(share_arriving * fen)
