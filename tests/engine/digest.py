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


def run(n_children: int, n_weeks: int, seed: int = 1) -> dict[str, str]:
    """Digest of the case after `n_weeks` weeks."""
    scenario = load_scenario("scenarios/huaxi.toml").with_settings({"population.n_children": n_children})
    return digest_of(AllianceModel(scenario, seed).run_until(n_weeks))


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]), int(sys.argv[2]))))
