"""What does a reader learn of mutants? Writes docs/mutants.md: kill rates, a table by rule, every survivor with a reason.

The reasons stand in survivors.toml by the mutant's id. A survivor without one says so on the page; a reason for a mutant that no
longer exists is refused by a test, so that the file does not gather dust. The page names no machine and no time.
"""

import tomllib
from collections import Counter
from pathlib import Path

from tests.mutants import judge
from tests.mutants.mutate import ROOT
from tests.mutants.run import Fate
from tests.mutants.sample import LEAST

PAGE = ROOT / "docs/mutants.md"
REASONS = Path(__file__).with_name("survivors.toml")
NOT_EXPLAINED = "not explained yet"

HEAD = """# Would the tests notice a wrong rule?

{number} small mistakes, drawn with seed {seed} out of the {all} that the tool can make in the {rules} rule files of `agents/`
(at least {least} a file, the others in proportion), were written into a copy of the rule, one at a time, and tested with the
compiler off. Written by `{command}`.

| killed by | mutants | share |
|---|--:|--:|
| the rule's own tests | {own} | {own_share} |
| (of these by a row worked by hand) | {row} | {row_share} |
| other quick tests, where the rule's own let it live | {other} | {other_share} |
| the golden run only | {golden} | {golden_share} |
| **killed in all** | **{killed}** | **{killed_share}** |
| alive | {alive} | {alive_share} |

**Kill rate by the rule's own tests {own_share}, in all {killed_share}.** Mutants that mean the same as the rule (equivalent
ones) count as alive and are listed below: nothing is taken out of the denominator. Alive and explained as equivalent:
{equivalent}; without them the rates would be {own_without} and {killed_without}.
{history}
- *The rule's own tests*: `tests/agents/ACTOR/test_RULE.py`, rows worked by hand, and properties with a fixed choice of examples.
- *Other quick tests*: other files of `tests/agents` that name the rule, and {through}.
- *The golden run*: {children} children through {weeks} weeks of a scenario in which every rule has work to do; killed if one
  bit of a state column or of the ledger moves. It says that somebody would notice, not that anybody would know why: such
  mutants are listed too.
- A mutant that ends in an exception or never ends (counted in steps, not in seconds) is killed; a fault of the tool itself
  stops it.
- Before the first mutant the tests must pass on every rule as it stands. Planted mutants test the tool: a wrong one, one that
  means the same, one that never ends, one that only the world would notice.
- A mutant is one edit. What takes two mistakes that cancel, and a rule that is wrong as described, are not tested here.
"""


def reasons() -> dict[str, dict[str, str]]:
    """Explanations by mutant id: `why`, and `is`: 'equivalent' or 'untested'."""
    return tomllib.loads(REASONS.read_text(encoding="utf-8")).get("survivor", {})


def history() -> str:
    """What earlier and other samples gave, as lines of the page; stands in survivors.toml under `samples`."""
    lines = tomllib.loads(REASONS.read_text(encoding="utf-8")).get("samples", [])
    return "".join(f"\n- {line}" for line in lines) + ("\n" if lines else "")


def _percent(part: int, whole: int) -> str:
    return f"{100.0 * part / whole:.1f} %" if whole else "none"


def head(fates: list[Fate], seed: int, n_all: int, command: str) -> str:
    """The page's first part: what was done and both kill rates."""
    n, by = len(fates), Counter(fate.by for fate in fates)
    known = reasons()
    equivalent = sum(fate.by == judge.ALIVE and known.get(fate.mutant.id, {}).get("is") == "equivalent" for fate in fates)
    killed = n - by[judge.ALIVE]
    counts = {
        "row": sum(fate.by == judge.OWN and fate.test.startswith(judge.BY_ROW) for fate in fates),
        "own": by[judge.OWN],
        "other": by[judge.OTHER],
        "golden": by[judge.GOLDEN],
        "killed": killed,
        "alive": by[judge.ALIVE],
    }
    return HEAD.format(
        number=n,
        seed=seed,
        all=f"{n_all:,}",
        rules=len({fate.mutant.rule for fate in fates}),
        command=command,
        least=LEAST,
        history=history(),
        equivalent=equivalent,
        own_without=_percent(by[judge.OWN], n - equivalent),
        killed_without=_percent(killed, n - equivalent),
        through=" and ".join(f"`{file}`" for file in judge.THROUGH_THE_MODEL),
        children=judge.N_CHILDREN,
        weeks=judge.N_WEEKS,
        **counts,
        **{f"{name}_share": _percent(count, n) for name, count in counts.items()},
    )


def _counted(title: str, fates: list[Fate], keys: list[str]) -> str:
    lines = [f"| {title} | mutants | own tests | other tests | golden run only | alive |", "|---|--:|--:|--:|--:|--:|"]
    table = Counter(zip(keys, (fate.by for fate in fates), strict=True))
    for key in sorted(set(keys)):
        cells = [table[key, by] for by in (*judge.STAGES, judge.ALIVE)]
        lines.append(f"| {key} | {sum(cells)} | {' | '.join(map(str, cells))} |")
    return "\n".join(lines) + "\n"


def _entry(fate: Fate, known: dict[str, dict[str, str]]) -> str:
    mutant, reason = fate.mutant, known.get(fate.mutant.id)
    why = f"{reason['is'].capitalize()}. {reason['why']}" if reason else NOT_EXPLAINED.capitalize() + "."
    seen = f" Killed by the golden run only: {fate.test}." if fate.by == judge.GOLDEN else ""
    change = "\n".join(f"{sign} {text}" for sign, text in (("-", mutant.before), ("+", mutant.after)))
    return f"### `{mutant.rule}:{mutant.line}` {mutant.kind} (`{mutant.id}`)\n\n```diff\n{change}\n```\n\n{why}{seen}\n"


def page(fates: list[Fate], seed: int, n_all: int, command: str) -> str:
    """The whole page."""
    known = reasons()
    alive = [fate for fate in fates if fate.by == judge.ALIVE]
    elsewhere = [fate for fate in fates if fate.by in (judge.OTHER, judge.GOLDEN)]
    parts = [
        head(fates, seed, n_all, command),
        "## By rule\n",
        _counted("rule", fates, [f"`{fate.mutant.rule}`" for fate in fates]),
        "## By kind of mistake\n",
        _counted("mistake", fates, [fate.mutant.kind for fate in fates]),
        f"## Alive ({len(alive)})\n",
        *([_entry(fate, known) for fate in alive] or ["None.\n"]),
        f"## Not seen by the rule's own tests, but killed ({len(elsewhere)})\n",
        *([_entry(fate, known) for fate in elsewhere] or ["None.\n"]),
    ]
    return "\n".join(parts)
