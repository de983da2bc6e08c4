"""What does a person read at the terminal?

The case's known figures beside the model's, then the indicators that the case could not see. Texts of scenario files
are shown as plain text: no markup of theirs, no terminal escape.
"""

import math
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from experiments.explain import Explanation
from experiments.interval import intervals
from experiments.request import CHILDREN, Request
from experiments.run import Run
from experiments.sheet import NAME, NUMBER, WORDS, Sheet
from experiments.store import RECORD, WEEKLY
from model import calendar
from model.indicators import FIRST, INDICATORS
from model.known import Known, known_figures
from model.refusal import ScenarioError, number, printable
from model.scenario import load_scenario

MOST_DIGITS = 6
READ_WITH_CARE = (
    "A recorded referral rate of 1.19 % fits four different stories: mild, self-selected cases; very skilled doctors; "
    "penalised referral, with missed serious cases; unrecorded advice and families who go to the hospital by "
    "themselves. A low rate is not success: read it beside missed serious cases and self-referral."
)
KNOWN_OF = {"history": "Known of the case", "burn_in": "Known of ordinary care, where there is no alliance"}
KNOWN_VISITS = "Known visits are 60,800 x the share in the zone (0.6, from 0.3 to 1) x children / 90,000; see model/known.toml."
ORDINARY_CARE = "What is known of ordinary care is compared with the year before the alliance: --period burn_in."
ONE_SEED = "One seed is one world's luck: --seeds 20 gives means with 95 % intervals."


def plain(text: str) -> str:
    """A text of a file on one line, without anything that a terminal would obey."""
    return printable(" ".join(text.split()))


def written(name: str, value: float | None) -> str:
    """A figure as people read it; `name` is that of an indicator."""
    unit = INDICATORS[name].unit
    if value is None or math.isnan(value):
        return "not known"
    if is_share(name):
        return f"{100 * value:.2f} %"
    size = abs(value)
    digits = 0 if size >= 1000 or unit == "fen" else 1 if size >= 100 else 2
    is_whole = float(value).is_integer()
    shown = f"{value:,.0f}" if is_whole else f"{value:,.{digits}f}"
    return f"{shown} {unit}" if unit in ("yuan", "fen", "days", "h") else shown


def is_share(name: str) -> bool:
    """[bool] Whether an indicator is a share, which people read in per cent."""
    return name.startswith(("share_", "lapse_share", "pass_share"))


def times_of(name: str) -> float:
    """What a figure is multiplied by where it is written [1]: shares are read in per cent."""
    return 100.0 if is_share(name) else 1.0


def three_digits(value: float, sign: str = "") -> str:
    """A number with three digits that matter; 0 where none does in the most decimals that are written."""
    if round(value, MOST_DIGITS) == 0:
        return "0"
    digits = min(max(0, 2 - math.floor(math.log10(abs(value)))), MOST_DIGITS)
    return f"{value:{sign},.{digits}f}"


def known_text(known: Known) -> str:
    """A known figure with its range."""
    low_high = "" if known.low is None else f"{written(known.name, known.low)} to {written(known.name, known.high)}"
    if known.value is None:
        return low_high
    return written(known.name, known.value) + (f" ({low_high})" if low_high else "")


def _outside(known: Known, found: float) -> str:
    """A mark for a figure that lies outside what is known."""
    if known.low is None or known.high is None or known.low <= found <= known.high:
        return ""
    return "; outside it"


def summary(request: Request, runs: Sequence[Run], out: Path | None = None) -> RenderableType:
    """What came of a scenario, the known figures of the case beside it."""
    scenario = request.scenario
    mean, half_width = intervals([run.indicators for run in runs])
    figures = known_figures(int(scenario.values[CHILDREN]))
    known = {name: figure for name, figure in figures.items() if figure.period == request.period}
    compared = Sheet(KNOWN_OF.get(request.period, ""), (("Figure", NAME), ("Model", NUMBER), ("Known", NUMBER)))
    for name, figure in known.items():
        compared.add(name, _with_interval(name, mean, half_width), known_text(figure) + _outside(figure, mean[name]))
    others = Sheet("What the case could not see, or did not publish", (("Figure", NAME), ("Model", NUMBER), ("Meaning", WORDS)))
    for name in dict.fromkeys((*FIRST, *figures)):
        if name not in known:
            others.add(name, _with_interval(name, mean, half_width), INDICATORS[name].definition)
    notes = [*_notes(request), _sureness(runs)]
    if out is not None:
        notes.append(f"Written into {plain(str(out))}: {WEEKLY} and {RECORD}.")
    question = Text(plain(scenario.question))
    tables = (compared, others) if known else (others,)
    return Group(Text(_heading(request), style="bold"), question, *tables, *(Text(note) for note in notes))


def _heading(request: Request) -> str:
    scenario, n_seeds = request.scenario, len(request.seeds)
    last = calendar.week(request.n_weeks_in_all - 1).start
    children = number(scenario.values[CHILDREN])
    return (
        f"{plain(scenario.title or scenario.name)}: {n_seeds} seed{'s' if n_seeds > 1 else ''}, {children} children, "
        f"weeks to {last}, figures of {request.period}"
    )


def _notes(request: Request) -> list[str]:
    notes = [READ_WITH_CARE, KNOWN_VISITS, ORDINARY_CARE]
    if request.period == "history" and request.n_weeks < calendar.HISTORY_WEEKS:
        notes.append("Known figures are of the whole history, to the end of 2020; the model's here are of other weeks.")
    return notes


def _sureness(runs: Sequence[Run]) -> str:
    seconds = sum(run.seconds for run in runs)
    hashed = f"Results {runs[0].result_hash} (seed {runs[0].seed}), simulated in {seconds:.1f} s."
    return f"{hashed} Intervals are 95 %, by Student's t over the seeds." if len(runs) > 1 else f"{hashed} {ONE_SEED}"


def _with_interval(name: str, mean: Mapping[str, float], half_width: Mapping[str, float]) -> str:
    value, half = written(name, mean[name]), half_width[name]
    if math.isnan(half):
        return value
    number_only, _, unit = value.partition(" ")
    return f"{number_only} ± {written(name, half).partition(' ')[0]} {unit}".rstrip()


def scenario_list(folder: Path) -> RenderableType:
    """The scenarios of a folder and the question that each asks; a file that is refused is listed with its refusal."""
    table = Sheet("Scenarios, to be run with: alliance run FILE", (("File", NAME), ("Question", WORDS)))
    for path in (*sorted(folder.glob("*.toml")), *sorted(folder.glob("readings/*.toml"))):
        try:
            scenario = load_scenario(path)
            question = plain(scenario.question or scenario.title or "It asks no question.")
        except ScenarioError as error:
            question = f"Refused: {error}"
        table.add(plain(os.path.relpath(path)), question)
    return table


def explanation(found: Explanation) -> RenderableType:
    """A parameter: meaning, value, range, source, where used."""
    parameter = found.parameter
    unit = "" if parameter.unit == "1" else f" {parameter.unit}"
    assumed = f" (assumption {parameter.assumption})" if parameter.assumption else ""
    rows = {
        "Meaning": parameter.meaning,
        "Value": f"{number(parameter.value)}{unit}",
        "Range": f"{number(parameter.low)} to {number(parameter.high)}{unit}",
        "Kind": f"{parameter.kind}{assumed}, {parameter.role}",
        "Source": ", ".join(text for text in (parameter.source, parameter.url) if text) or "none",
        "Because": parameter.because or "not said",
        "Must move": found.moves,
        "Declared in": parameter.file,
        "Read in": ", ".join(found.readers) or "no rule",
    }
    return Group(Text(parameter.name, style="bold"), facts(rows))


def facts(rows: Mapping[str, str]) -> Sheet:
    """Names and what is to be said of each."""
    sheet = Sheet("", (("Name", NAME), ("Text", WORDS)), box=None, has_head=False)
    for name, text in rows.items():
        sheet.add(Text(name, style="bold"), text)
    return sheet
