"""What does the golden run give?

`python -m tests.engine.golden` writes it anew; review the difference and name it in the changelog.
"""

import json
from pathlib import Path

from model.alliance import AllianceModel
from model.scenario import load_scenario

ROOT = Path(__file__).resolve().parents[2]
FILE = Path(__file__).with_name("golden.json")
N_CHILDREN, SEED, N_WEEKS = 5_000, 1, 474


def golden_run() -> dict[str, dict[str, float | None]]:
    """Every indicator of history and policy of a small zone, for the case and its counterfactual."""
    found = {}
    for name in ("huaxi", "no_alliance"):
        scenario = load_scenario(ROOT / f"scenarios/{name}.toml").with_settings({"population.n_children": N_CHILDREN})
        model = AllianceModel(scenario, SEED).run_until(N_WEEKS)
        for period in ("history", "policy"):
            figures = model.indicators(period)
            found[f"{name} {period}"] = {key: None if value != value else value for key, value in figures.items()}
    return found


if __name__ == "__main__":
    FILE.write_text(json.dumps(golden_run(), indent=1) + "\n", encoding="utf-8")
