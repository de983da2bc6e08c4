"""How is the mutation tool asked?

`python -m tests.mutants --seed 4 --number 200 --workers 2` tries a sample over all rules and writes docs/mutants.md;
`--rule agents/doctor/refer.py` tries one rule, `--all` every mutant there is, `--list` only names them: those write no page.
"""

import argparse

from tests.mutants import judge, page, run
from tests.mutants.mutate import ROOT, RULE_FILES, Mutant, all_mutants
from tests.mutants.run import Fate
from tests.mutants.sample import sampled

SEED, NUMBER = 4, 200


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description="Would the tests notice a wrong rule?")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--number", type=int, default=NUMBER)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--rule", choices=[path.relative_to(ROOT).as_posix() for path in RULE_FILES], metavar="agents/ACTOR/RULE.py"
    )
    parser.add_argument("--all", action="store_true", help="every mutant instead of a sample")
    parser.add_argument("--list", action="store_true", help="name the mutants and try none")
    return parser.parse_args()


def _tell(fate: Fate) -> None:
    print(f"{fate.by:12} {fate.mutant.rule}:{fate.mutant.line} {fate.mutant.id}  {fate.test}", flush=True)


def _tried(mutants: list[Mutant], workers: int) -> list[Fate]:
    run.preload()
    golden = run.true_rules({mutant.rule for mutant in mutants})
    return run.tried(mutants, golden, workers, _tell)


def main() -> None:
    """Draw, try, print both kill rates; write the page for a sample over all rules."""
    asked = _asked()
    possible = all_mutants()
    mutants = [mutant for mutant in possible if asked.rule in (None, mutant.rule)]
    if not asked.all:
        mutants = sampled(mutants, asked.seed, asked.number)
    if asked.list:
        print("\n".join(f"{m.id}  {m.rule}:{m.line}  {m.kind}\n  - {m.before}\n  + {m.after}" for m in mutants))
        return
    fates = _tried(mutants, asked.workers)
    own, alive = (sum(fate.by == by for fate in fates) for by in (judge.OWN, judge.ALIVE))
    for fate in fates:
        if fate.by != judge.OWN:
            print(f"\n{fate.mutant.id} ({fate.by})\n  - {fate.mutant.before}\n  + {fate.mutant.after}")
    print(f"\n{len(fates)} mutants; killed by the rule's own tests {own / len(fates):.1%}, in all {1 - alive / len(fates):.1%}")
    if asked.rule is None and not asked.all:
        command = f"python -m tests.mutants --seed {asked.seed} --number {asked.number}"
        page.PAGE.write_text(page.page(fates, asked.seed, len(possible), command), encoding="utf-8")
        print(f"Written: {page.PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
