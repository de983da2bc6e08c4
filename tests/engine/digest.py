"""What are the bits of a run? Prints a hash of every state column and of every week's ledger, as JSON.

Run as a script so that a test can ask another process: other engine, other hash seed, other cache.
"""

import hashlib
import json
import sys

from model.alliance import AllianceModel
from model.scenario import load_scenario
from model.world import columns


def digest_of(model: AllianceModel) -> dict[str, str]:
    """Hash of each state column, of all tallies and of all ledger totals."""
    found = {name: hashlib.sha256(values.tobytes()).hexdigest()[:16] for name, values in columns(model.world).items()}
    return found | {"results": model.result_hash()}


# Everything that the case leaves off or seldom does: cover and reinsurance of severe illness, pricing, all uses of a
# surplus, rewards, contracts, strict review, audits, departures.
BUSY = {
    "hospital.accredit.pass_rate": 0.8, "fund.plan.premium_yuan": 300.0, "fund.cover_severe.share_covered": 0.8,
    "fund.cover_severe.share_reinsured": 0.5, "fund.cover_severe.retention_yuan": 1_000.0, "illness.severe_per_child_year": 0.001,
    "fund.price.response": 1.0, "fund.surplus.weight_of_rebate": 0.5, "fund.surplus.advance_yuan": 1e5,
    "fund.solvency.repaid_share": 0.2, "fund.pay.yuan_per_avoided_referral": 100.0, "government.subsidise.yuan_per_contract": 100.0,
    "resident.sign.p_sign": 0.2, "hospital.review.is_two_sided": 1, "hospital.review.least_visits": 20,
    "hospital.review.sds_referral": 1.5, "hospital.review.sds_prescription": 1.5, "hospital.review.weeks_until_removal": 13,
    "hospital.support.weeks_of_promise": 0, "government.audit.p_audited": 0.5, "doctor.stay.quit_rate": 0.15,
    "doctor.stay.log_odds_of_leaving": -3.0, "doctor.stay.weeks_of_vacancy": 4, "hospital.follow_up.share_called": 1.0,
    "population.n_candidates": 600, "hospital.support.share_for_training": 0.2, "hospital.accredit.hours_per_place": 8.0,
}  # fmt: skip


def run(n_children: int, n_weeks: int, seed: int = 1, *, is_busy: bool = False) -> dict[str, str]:
    """Digest of the case after `n_weeks` weeks, or of a scenario in which every rule has work to do."""
    settings = {"population.n_children": n_children} | (BUSY if is_busy else {})
    return digest_of(AllianceModel(load_scenario("scenarios/huaxi.toml").with_settings(settings), seed).run_until(n_weeks))


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]), int(sys.argv[2]), is_busy="busy" in sys.argv[3:])))
