"""Which mechanisms does the model show? The claims of docs/mechanisms.md, run with paired seeds.

python -m experiments.mechanisms [M1 M7 ...] [--workers 2]        the table, some ten minutes
python -m experiments.mechanisms --protocol                       what is claimed
"""

import argparse

from experiments.claims import Experiment, Verdict, run_experiments
from experiments.mechanism_list import MECHANISMS

SEEDS = range(201, 221)
SIGNS = {1: "up", -1: "down", 0: "open"}


def row_of(verdict: Verdict) -> str:
    """One row of the table."""
    f, claim = verdict.found, verdict.claim
    weeks = "" if claim.weeks is None else f", weeks {claim.weeks[0]} to {claim.weeks[1]}"
    span = f"{f.mean:.4g} ({f.low:.4g} to {f.high:.4g})"
    return f"| {verdict.experiment} | {claim.says}{weeks} | `{claim.indicator}` | {SIGNS[claim.sign]} | {span} | {verdict.word} |"


def protocol_of(experiment: Experiment) -> str:
    """What an experiment claims, as a list for docs/mechanisms.md."""
    lines = [f"**{experiment.name}.** {experiment.question} (`{experiment.scenario}`)", ""]
    if experiment.world:
        lines.append(f"- world: {', '.join(f'`{k}` = {v:g}' for k, v in experiment.world.items())}")
    for name, arm in experiment.arms.items():
        steps = [
            f"{'from the start' if week is None else f'policy week {week}'}: "
            + ", ".join(f"`{k}` = {v:g}" for k, v in settings.items())
            for week, settings in arm
        ]
        lines.append(f"- arm *{name}*: {'; '.join(steps) or 'as it is'}")
    for claim in experiment.claims:
        weeks = "" if claim.weeks is None else f", policy weeks {claim.weeks[0]} to {claim.weeks[1]}"
        weights = ", ".join(f"{weight:+g} {arm}" for arm, weight in claim.weights.items())
        lines.append(f"- claim `{claim.indicator}` {SIGNS[claim.sign]}: {claim.says} ({weights}{weeks})")
    return "\n".join(lines)


def main() -> None:
    """Print the table of docs/mechanisms.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="first words, such as M1; all without any")
    parser.add_argument("--children", type=int, default=None)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--double", action="store_true", help="twice as many seeds")
    parser.add_argument("--protocol", action="store_true", help="print what is claimed and run nothing")
    asked = parser.parse_args()
    chosen = [e for e in MECHANISMS if not asked.names or e.name.split()[0] in asked.names]
    if asked.protocol:
        print("\n\n".join(protocol_of(experiment) for experiment in chosen))
        return
    seeds = range(SEEDS.start, SEEDS.stop + len(SEEDS)) if asked.double else SEEDS
    print("| experiment | contrast | indicator | claimed | found (95 % interval) | verdict |\n|---|---|---|---|---|---|")
    for experiment in chosen:
        for verdict in run_experiments([experiment], seeds, asked.children, asked.workers):
            print(row_of(verdict), flush=True)


if __name__ == "__main__":
    main()
