"""Whose sweep is in this folder?

    FOLDER/scenario.toml    the scenario of all its runs, resolved: what differs from the declared world
    FOLDER/district/        the tables of a district of one's own, if the scenario has one
    FOLDER/sweep.toml       what was asked for last, as a sweep file of that scenario; its engine, versions and dates, what the
                            scenario is called, and hashes of both files

A folder holds one frame: scenario, date, weeks, period. Points and seeds can be added, another scenario cannot. So the folder says
all by itself: `alliance sweep FOLDER` goes on with it, here or on another machine. sweep.toml is written last: what was begun
without it is nobody's yet, and is written anew.
"""

import json
from pathlib import Path
from typing import Any

from experiments.district_files import files_of
from experiments.store import write_files
from experiments.sweep import files
from experiments.sweep import made as making
from experiments.sweep.design import Design, Frame
from experiments.sweep.ledger import RUNS, chunks_in
from experiments.sweep.marked import check_mark, hash_of, marked
from experiments.sweep.read import NAME_OF_START, read_sweep_file
from model.district_columns import COMMUNITIES, PROVIDERS, TRAVEL
from model.district_scenario import FOLDER, TABLE
from model.parameters import defaults
from model.refusal import ScenarioError, shortened
from model.scenario import Scenario, load_scenario
from model.scenario_file import read_toml
from model.settings import Settings

SCENARIO, SWEEP = "scenario.toml", "sweep.toml"
WRITTEN_BY = "# Written by `alliance sweep`"
ALLOWED = "allowed is the same sweep with other points and seeds, or a folder of its own"


def read_folder(folder: Path) -> Design:
    """The design of a folder's sweep, if its files are as they were written; raises ScenarioError."""
    tables = _told(folder)
    if not tables:
        raise ScenarioError(shortened(str(folder)), "holds no sweep", "allowed is a folder that 'alliance sweep --out' has written")
    design = read_sweep_file(folder / SWEEP)
    scenario = files.content_of(folder / SCENARIO)
    wanted = _made(tables).get("scenario_hash")
    if wanted is not None and (scenario is None or hash_of(scenario) != wanted):
        raise ScenarioError(SCENARIO, "was changed or damaged since the sweep began", ALLOWED)
    wanted = _made(tables).get("district_hash")
    if wanted is not None and _district_hash(folder) != wanted:
        raise ScenarioError(f"{TABLE}/", "was changed or damaged since the sweep began", ALLOWED)
    return design


def _told(folder: Path) -> dict[str, Any]:
    """What sweep.toml says, nothing if it is not there or was written without its scenario; raises ScenarioError."""
    content = files.content_of(folder / SWEEP)
    if content is None or (_is_ours(content) and not files.is_there(folder / SCENARIO) and not _has_runs(folder)):
        return {}
    check_mark(content, SWEEP)
    return read_toml(folder / SWEEP)


def _made(tables: dict[str, Any]) -> dict[str, Any]:
    made = tables.get("made", {})
    return made if isinstance(made, dict) else {}


def _district_hash(folder: Path) -> str:
    return hash_of(b"".join(files.content_of(folder / TABLE / name) or b"" for name in (COMMUNITIES, PROVIDERS, TRAVEL)))


def _has_runs(folder: Path) -> bool:
    return any(chunks_in(of_engine) for of_engine in files.paths_in(folder / RUNS))


def _is_ours(content: bytes) -> bool:
    return content.startswith(WRITTEN_BY.encode())


def check_frame(folder: Path, frame: Frame) -> None:
    """Refuse the folder of another sweep; raises ScenarioError."""
    if _told(folder):
        _check_same(folder, read_folder(folder).frame, frame)
        return
    scenario = files.content_of(folder / SCENARIO)
    if scenario is None:
        _check_tables(folder, frame.scenario)
        return
    if not _is_ours(scenario):
        raise ScenarioError(f"--out {shortened(str(folder))}", f"holds a {SCENARIO} of another kind", ALLOWED)
    if _has_runs(folder):  # somebody removed sweep.toml
        there = load_scenario(folder / SCENARIO)
        _check_same(folder, Frame(there, frame.from_date, frame.n_weeks, frame.period, frame.is_weekly), frame)


def _check_tables(folder: Path, scenario: Scenario) -> None:
    """Refuse to write over somebody's tables; raises ScenarioError."""
    for name, content in ({} if scenario.district is None else files_of(scenario.district)).items():
        if files.content_of(folder / TABLE / name) not in (None, content):
            raise ScenarioError(f"--out {shortened(str(folder))}", f"holds a {TABLE}/{name} of another kind", ALLOWED)


def _check_same(folder: Path, there: Frame, here: Frame) -> None:
    if problem := _difference(there, here):
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
    tables, scenario = _told(folder), design.frame.scenario
    found = tables.get("source")
    source = found if isinstance(found, str) else source
    if not tables:
        _write_changed(folder, SCENARIO, scenario_text(scenario))
        if scenario.district is not None:
            write_files(folder / TABLE, files_of(scenario.district))
    written = files.content_of(folder / SCENARIO) or b""
    made = {"created": _made(tables).get("created", making.now()), **making.made_with(), "scenario_hash": hash_of(written)}
    made |= {} if scenario.district is None else {"district_hash": _district_hash(folder)}
    _write_changed(folder, SWEEP, sweep_text(design, source, engine, made))
    return source


def _write_changed(folder: Path, name: str, text: str) -> None:
    if files.content_of(folder / name) != text.encode():
        write_files(folder, {name: text.encode()})


def engine_of(folder: Path) -> str:
    """The engine of the folder's last sweep; raises ScenarioError if there is no sweep in it."""
    tables = _told(folder)
    if not tables:
        raise ScenarioError(shortened(str(folder)), "holds no sweep", "allowed is a folder that 'alliance sweep --out' has written")
    engine = tables.get("engine")
    if not isinstance(engine, str) or not engine.isalnum():
        raise ScenarioError(SWEEP, f"engine is {shortened(engine)}", "allowed is what 'alliance sweep' has written")
    return engine


def scenario_text(scenario: Scenario) -> str:
    """A scenario file that says what this scenario is."""
    declared = defaults()
    texts = {name: getattr(scenario, name) for name in ("title", "question", "because", "group") if getattr(scenario, name)}
    lines = [f"{WRITTEN_BY}: the scenario of all runs of this folder.", *values_text(texts)]
    lines += values_text({"policy_years": scenario.policy_years})
    of_files = () if scenario.district is None else scenario.district.keys_of_files()
    lines += values_text({key: value for key, value in scenario.values.items() if value != declared[key] and key not in of_files})
    lines += [f'{TABLE}.{FOLDER} = "{TABLE}"'] if scenario.district is not None else []
    for day, settings in scenario.changes:
        lines += ["", "[[change]]", f"from = {day.isoformat()}", *values_text(settings)]
    return "\n".join(lines) + "\n"


def sweep_text(design: Design, source: str, engine: str, made: dict[str, Any]) -> str:
    """A sweep file that says what was asked for, and by what and when it was made."""
    frame, seeds = design.frame, design.seeds
    said = {"source": source, "engine": engine, "weeks": frame.n_weeks, "period": frame.period, "weekly": frame.is_weekly}
    said |= {"seeds": len(seeds), "first_seed": seeds.start} if isinstance(seeds, range) else {"seeds": list(seeds)}
    start = f'"{NAME_OF_START}"' if frame.from_date is None else frame.from_date.isoformat()
    lines = [f"{WRITTEN_BY}, which goes on with it: alliance sweep FOLDER", f'scenario = "{SCENARIO}"', f"from = {start}"]
    lines += [*values_text(said), "", "[made]", *values_text(made)]
    lines += ["", "[vary]", *values_text({key: list(values) for key, values in design.asked.items()})]
    return marked("\n".join(lines) + "\n")


def values_text(values: dict[str, Any]) -> list[str]:
    """Lines of a TOML file: a key and its value each."""
    return [f"{key} = {json.dumps(value, ensure_ascii=False).replace('\x7f', '\\u007f')}" for key, value in values.items()]
