"""Does the tool kill what is plainly wrong, and leave alive what means the same?

`python -m tests.mutants.planted` prints the fates of four planted mutants as JSON: a wrong one, one that cannot be told from the
rule, one that never ends, one that only the world would notice. A test reads them.
"""

import json

from tests.mutants import judge, run
from tests.mutants.mutate import ROOT, Mutant

RULE = "agents/fund/price.py"
TRUE = "    change = k.response * (loss_ratio - k.target_loss_ratio)\n"
PLANTED = {
    "wrong": "    change = k.response * (loss_ratio + k.target_loss_ratio)\n",
    "same": "    change = (loss_ratio - k.target_loss_ratio) * k.response\n",
    "endless": "    while True:\n        change = 0.0\n",
    "seen by the world only": TRUE + "    if premium_yuan == 300.0:\n        premium_yuan = 301.0\n",
}
N_WEEKS = 120  # the price has moved by then


def fates() -> dict[str, tuple[str, str]]:
    """Each planted mutant with the line of defence that killed it and what saw it."""
    run.preload()
    judge.N_WEEKS = N_WEEKS
    source = (ROOT / RULE).read_text(encoding="utf-8")
    assert source.count(TRUE) == 1, "the rule was rewritten: plant the mutants anew"
    planted = [
        Mutant(name, RULE, "next_premium_yuan", "planted", 1, "", "", source.replace(TRUE, to)) for name, to in PLANTED.items()
    ]
    tried = run.tried(planted, run.true_rules([RULE]), 2, lambda _: None)
    return {fate.mutant.id: (fate.by, fate.test) for fate in tried}


if __name__ == "__main__":
    print(json.dumps(fates()))
