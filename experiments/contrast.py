"""What does a person read of a comparison, and what is written down of it?

First the inputs that differ; then what a policy can break, and the figures that look like success, each with those that it can
hide; then every difference by subject, "not distinguishable" said in words.
"""

from __future__ import annotations

import hashlib
import io
import math
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.text import Text

from experiments.compare import ALIKE, NOT_KNOWN, SAME, Comparison
from experiments.inputs import OtherInput
from experiments.interval import mean_and_half_width
from experiments.record import engine_version, strict_json, versions
from experiments.report import is_share, plain, three_digits, times_of
from experiments.request import CHILDREN, Request
from experiments.sheet import NAME, NUMBER, Sheet
from experiments.subjects import CAN_HIDE, MAY_BREAK, by_subject
from model import calendar
from model.indicators import INDICATORS
from model.parameters import declarations
from model.refusal import number

TABLE, RECORD = "differences.parquet", "compare.json"
PAIRED = (
    "Differences are second minus first in the same world: the same children with the same luck. Intervals are 95 %, by "
    "Student's t over the seeds; they cover luck, not what is unknown about the numbers of the model."
)
ONE_SEED = "One seed has no interval: --seeds 20 tells what can be distinguished from luck."
BREAKS = "What a policy can break, whatever the figures that look like success say"
IN_SUCCESS = "Figures that look like success, and below each (↳) those that it can hide"


def contrast(found: Comparison) -> RenderableType:
    """A comparison as tables."""
    shown: list[RenderableType] = [Text(_heading(found), style="bold"), _inputs(found.inputs)]
    if found.first.scenario.district != found.second.scenario.district:
        shown.append(Text("The two districts differ, so these are other children: differences are not paired."))
    shown.append(_table(BREAKS, found, [(name, name) for name in MAY_BREAK]))
    shown.append(_table(IN_SUCCESS, found, _with_hidden()))
    quiet = []
    for subject, names in by_subject(INDICATORS).items():
        told = [name for name in names if found.verdict(name) not in (SAME, NOT_KNOWN)]
        quiet += [name for name in names if name not in told]
        if told:
            shown.append(_table(subject.capitalize(), found, [(name, name) for name in told]))
    if quiet:
        shown.append(Text(f"The same in every seed, or without a value: {', '.join(quiet)}."))
    shared = f"{found.shared_weeks} of {found.first.n_weeks_in_all} weeks are the same in both and were run once for each seed."
    return Group(*shown, Text(PAIRED if len(found.pairs) > 1 else ONE_SEED), Text(shared))


def _heading(found: Comparison) -> str:
    one, n = found.first, len(found.pairs)
    names = f"{title_of(one)} (first) against {title_of(found.second)} (second)"
    last = calendar.week(one.n_weeks_in_all - 1).start
    children = number(one.scenario.values[CHILDREN])
    return f"{names}: {n} seed{'s' if n > 1 else ''}, {children} children, weeks to {last}, figures of {one.period}"


def title_of(request: Request) -> str:
    """What a scenario calls itself."""
    return plain(request.scenario.title or request.scenario.name)


def _inputs(inputs: list[OtherInput]) -> RenderableType:
    if not inputs:
        return Text("No parameter differs.")
    columns = (("Parameter", NAME), ("From", NAME), ("First", NUMBER), ("Second", NUMBER), ("Unit", NAME))
    table = Sheet("Inputs that differ", columns, box=box.SIMPLE_HEAD)
    for one in inputs:
        unit = declarations()[one.name].unit
        table.add(one.name, str(one.from_date or "the start"), number(one.first), number(one.second), "" if unit == "1" else unit)
    return table


def _with_hidden() -> list[tuple[str, str]]:
    """Flattering figures, each followed by those of its own that it can hide, indented."""
    rows = []
    for name, hidden in CAN_HIDE.items():
        rows += [(name, name), *((other, f"  ↳ {other}") for other in hidden)]
    return rows


def _table(title: str, found: Comparison, rows: list[tuple[str, str]]) -> Sheet:
    numbers = ((column, NUMBER) for column in ("First", "Second", "Difference", "95 % interval"))
    table = Sheet(title, (("Figure", NAME), *numbers, ("Unit", NAME), ("In words", NAME)), box=box.SIMPLE_HEAD)
    for name, label in rows:
        table.add(label, *_cells(name, found))
    return table


def _cells(name: str, found: Comparison) -> tuple[str, ...]:
    first, second = (mean_and_half_width(side)[0] for side in found.known(name))
    one, words, unit = found.differences[name], found.verdict(name), INDICATORS[name].unit
    span = "" if math.isnan(one.low) else f"{_figure(name, one.low, '+')} to {_figure(name, one.high, '+')}"
    words = "one seed: not to be told from luck" if words == ALIKE and math.isnan(one.low) else words
    n = found.n_known(name)
    words += f" ({n} of {len(found.pairs)} seeds)" if 0 < n < len(found.pairs) else ""
    unit = "%" if is_share(name) else "" if unit == "1" else unit
    return _figure(name, first), _figure(name, second), _figure(name, one.mean, "+"), span, unit, words


def _figure(name: str, value: float, sign: str = "") -> str:
    """A figure with three digits that matter, shares in per cent, a difference with its sign."""
    return "no value" if math.isnan(value) else three_digits(value * times_of(name), sign)


# -- what is written down -------------------------------------------------------------------------------------------


def outcome(found: Comparison) -> dict[str, Any]:
    """The object that `--json` prints."""
    rows = found.frame().to_dict(orient="index")
    return {
        "first": found.first.scenario.name, "second": found.second.scenario.name, "engine_version": engine_version(),
        "period": found.first.period, "n_weeks": found.first.n_weeks, "shared_weeks": found.shared_weeks,
        "seeds": [pair.seed for pair in found.pairs],
        "inputs": [{"name": i.name, "from": str(i.from_date or ""), "first": i.first, "second": i.second} for i in found.inputs],
        "result_hashes": [{"seed": pair.seed, "first": pair.hashes[0], "second": pair.hashes[1]} for pair in found.pairs],
        "indicators": {name: row | {"can_hide": list(row["can_hide"])} for name, row in rows.items()},
    }  # fmt: skip


def result_files(found: Comparison) -> dict[str, bytes]:
    """The files of `--out`: every seed's differences, and the record with both scenarios resolved."""
    buffer = io.BytesIO()
    found.by_seed().to_parquet(buffer, index=False, compression="zstd")
    table = buffer.getvalue()
    record = outcome(found) | {
        "resolved_scenarios": [found.first.scenario.record(), found.second.scenario.record()], "versions": versions(),
        "sha256": {TABLE: hashlib.sha256(table).hexdigest()},
    }  # fmt: skip
    return {TABLE: table, RECORD: strict_json(record, indent=2).encode()}
