"""In which order does everything happen: in a step, a week, a month, a quarter, a year?

Read from the syntax tree of model/alliance.py and of the files that its institutions run, so that two lines that change
places there change places here. A function of these files is told step by step; of any other its first sentence is told,
with the rules that it asks.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from experiments.odd.calls import ALLIANCE, INSTITUTIONS, CallGraph
from experiments.odd.sources import Function, Sources, decision_of
from experiments.odd.table import code, markdown_table

TOLD = (
    ALLIANCE, INSTITUTIONS, "model/week.py", "model/visit.py", "model/month.py", "model/quarter.py", "model/year.py",
    "model/closing.py",
)  # fmt: skip
# How it is done, not what happens: postings, dice, tables, rows that are fetched ahead, the calendar.
NOT_TOLD = ("model/ledger.py", "model/dice.py", "agents/prefetch.py", "agents/records.py", "model/calendar.py", "model/agenda.py")
STEP = (ALLIANCE, "AllianceModel.step")
OWN = (ALLIANCE,)  # the model's own list; what an institution does then stands in a table of its own
TITLES = {"step": "Every step", "zone": "Every week", "fund": "End of a month", "hospital": "End of a quarter",
          "government": "End of a year"}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One line of the schedule."""

    number: str
    function: Function
    when: tuple[str, ...]
    rules: tuple[str, ...]

    @property
    def depth(self) -> int:
        """How many steps it lies within [1]."""
        return self.number.count(".")


def schedule(sources: Sources) -> dict[str, list[Step]]:
    """The steps of the model's own list and of each institution, by the name under which the model holds it."""
    graph = CallGraph(sources)
    found = {"step": list(_steps(graph, sources.functions[STEP], "", OWN, set()))}
    for name, key in graph.institutions.items():
        runs = graph.calls_of(sources.functions[key])[-1].function  # an institution's step runs one function of the clock
        found[name.removeprefix("self.")] = list(_steps(graph, runs, "", TOLD, set()))
    return found


def _steps(graph: CallGraph, within: Function, number: str, told_files: tuple[str, ...], told: set[Function]) -> Iterator[Step]:
    """The steps inside a function; what was told once is not told again."""
    calls = [call for call in graph.calls_of(within) if call.function.file not in NOT_TOLD]
    for n, call in enumerate(calls, 1):
        inner = call.function
        opens = inner.file in told_files and inner not in told
        is_list = opens and any(deeper.function.file not in NOT_TOLD for deeper in graph.calls_of(inner))
        is_told_elsewhere = is_list or inner in told or inner.file == INSTITUTIONS
        rules = () if is_told_elsewhere else tuple(decision_of(file) for file in graph.rules_of(inner))
        yield Step(f"{number}{n}", inner, call.conditions, rules)
        if is_list:
            told.add(inner)
            yield from _steps(graph, inner, f"{number}{n}.", told_files, told)


def schedule_tables(sources: Sources) -> dict[str, str]:
    """The schedule's tables by name."""
    head = ("no.", "step", "when", "what happens", "rules asked")
    return {
        f"schedule-{name}": markdown_table(
            head,
            [
                (
                    step.number,
                    code(f"{step.function.file}:{step.function.name}"),
                    "; ".join(code(condition) for condition in step.when),
                    step.function.meaning,
                    ", ".join(code(rule) for rule in step.rules),
                )
                for step in steps
            ],
        )
        for name, steps in schedule(sources).items()
    }


def spoken(sources: Sources) -> str:
    """The schedule as one reads it aloud."""
    lines = []
    for name, steps in schedule(sources).items():
        lines.append(f"{TITLES.get(name, name)}:")
        for step in steps:
            when = f" ({', '.join(step.when)})" if step.when else ""
            rules = f" [{', '.join(step.rules)}]" if step.rules else ""
            lines.append(f"{'  ' * (step.depth + 1)}{step.number} {step.function.meaning}{when}{rules}")
        lines.append("")
    return "\n".join(lines)
