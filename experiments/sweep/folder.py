"""Whose sweep is in this folder?

    FOLDER/scenario.toml    the scenario of all its runs, resolved: what differs from the declared world
    FOLDER/district/        the tables of a district of one's own, if the scenario has one
    FOLDER/sweep.toml       what was asked for last, as a sweep file of that scenario; its engine, and what the scenario is called

A folder holds one frame: scenario, date, weeks, period. Points and seeds can be added, another scenario cannot. So the folder says
all by itself: `alliance sweep FOLDER` goes on with it, here or on another machine.
"""

import json
from pathlib import Path
from typing import Any

from experiments.district_files import files_of
from experiments.store import write_files
from experiments.sweep.design import Design, Frame
from experiments.sweep.read import NAME_OF_START, read_sweep_file
from model.district_scenario import FOLDER, TABLE
from model.parameters import defaults
from model.refusal import ScenarioError, shortened
from model.scenario import Scenario
from model.scenario_file import read_toml
from model.settings import Settings

SCENARIO, SWEEP = "scenario.toml", "sweep.toml"
ALLOWED = "allowed is the same sweep with other points and seeds, or a folder of its own"


def check_frame(folder: Path, frame: Frame) -> None:
    """Refuse the folder of another sweep; raises ScenarioError."""
    if not (folder / SWEEP).exists():
        return
    there = read_sweep_file(folder / SWEEP).frame
    if problem := _difference(there, frame):
        raise ScenarioError(f"--out {shortened(str(folder))}", f"holds a sweep of another kind: {problem}", ALLOWED)


def _difference(there: Frame, here: Frame) -> str:
    if there.scenario.district != here.scenario.district:
        return "its scenario has another district"
    for day, before, now in [("", there.scenario.values, here.scenario.values), *_paired_changes(there, here)]:
        for key in sorted(before.keys() | now.keys()):
            if before.get(key) != now.get(key):
                return f"{key} is {_said(before.get(key))} there{day} and {_said(now.get(key))} here"
    if [day for day, _ in there.scenario.changes] != [day for day, _ in here.scenario.changes]:
        return "its scenario changes at other dates"
    names = {"from_date": "--from", "n_weeks": "--weeks", "period": "--period", "is_weekly": "--weekly"}
    different = [name for name in names if getattr(there, name) != getattr(here, name)]
    return "".join(f"{names[name]} is {_said(getattr(there, name))} there" for name in different[:1])


def _paired_changes(there: Frame, here: Frame) -> list[tuple[str, Settings, Settings]]:
    pairs = zip(there.scenario.changes, here.scenario.changes, strict=False)
    return [(f" from {day}", before, now) for (day, before), (_, now) in pairs]


def _said(value: object) -> str:
    return NAME_OF_START if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def claim(folder: Path, design: Design, source: str, engine: str) -> str:
    """Write what this folder's sweep is; raises ScenarioError when it is another's, or cannot be written.

    Returns what the scenario was called when the folder was begun: commands that repeat a run stay the same.
    """
    check_frame(folder, design.frame)
    source = _source_in(folder) or source
    files = {SWEEP: sweep_text(design, source, engine).encode()}
    if not (folder / SCENARIO).exists():
        files[SCENARIO] = scenario_text(design.frame.scenario).encode()
        if design.frame.scenario.district is not None:
            write_files(folder / TABLE, files_of(design.frame.scenario.district))
    same = [name for name, content in files.items() if (folder / name).exists() and (folder / name).read_bytes() == content]
    if len(same) < len(files):
        write_files(folder, files)
    return source


def _source_in(folder: Path) -> str:
    found = read_toml(folder / SWEEP).get("source") if (folder / SWEEP).exists() else None
    return found if isinstance(found, str) else ""


def engine_of(folder: Path) -> str:
    """The engine of the folder's last sweep; raises ScenarioError if there is no sweep in it."""
    if not (folder / SWEEP).exists():
        raise ScenarioError(shortened(str(folder)), "holds no sweep", "allowed is a folder that 'alliance sweep --out' has written")
    engine = read_toml(folder / SWEEP).get("engine")
    if not isinstance(engine, str) or not engine.isalnum():
        raise ScenarioError(SWEEP, f"engine is {shortened(engine)}", "allowed is what 'alliance sweep' has written")
    return engine


def scenario_text(scenario: Scenario) -> str:
    """A scenario file that says what this scenario is."""
    declared = defaults()
    texts = {name: getattr(scenario, name) for name in ("title", "question", "because", "group") if getattr(scenario, name)}
    lines = ["# Written by `alliance sweep`: the scenario of all runs of this folder.", *values_text(texts)]
    lines += values_text({"policy_years": scenario.policy_years})
    of_files = () if scenario.district is None else scenario.district.keys_of_files()
    lines += values_text({key: value for key, value in scenario.values.items() if value != declared[key] and key not in of_files})
    lines += [f'{TABLE}.{FOLDER} = "{TABLE}"'] if scenario.district is not None else []
    for day, settings in scenario.changes:
        lines += ["", "[[change]]", f"from = {day.isoformat()}", *values_text(settings)]
    return "\n".join(lines) + "\n"


def sweep_text(design: Design, source: str, engine: str) -> str:
    """A sweep file that says what was asked for."""
    frame, seeds = design.frame, design.seeds
    said = {"source": source, "engine": engine, "weeks": frame.n_weeks, "period": frame.period, "weekly": frame.is_weekly}
    said |= {"seeds": len(seeds), "first_seed": seeds.start}
    start = f'"{NAME_OF_START}"' if frame.from_date is None else frame.from_date.isoformat()
    lines = [
        "# Written by `alliance sweep`, which goes on with it: alliance sweep FOLDER",
        f'scenario = "{SCENARIO}"',
        f"from = {start}",
    ]
    return (
        "\n".join(
            [*lines, *values_text(said), "", "[vary]", *values_text({key: list(values) for key, values in design.asked.items()})]
        )
        + "\n"
    )


def values_text(values: dict[str, Any]) -> list[str]:
    """Lines of a TOML file: a key and its value each."""
    return [f"{key} = {json.dumps(value, ensure_ascii=False).replace('\x7f', '\\u007f')}" for key, value in values.items()]
