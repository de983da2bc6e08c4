"""Is what is asked for understood, and every mistake answered by one line before anything is written?"""

from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cli
from experiments.sweep.chunk import Chunks, cuts, usual_size
from experiments.sweep.grid import read_vary
from experiments.sweep.read import read_design, read_sweep_file
from tests.sweep.conftest import HUAXI, ROOT, WORDS, design_of

unit, case = pytest.mark.unit, pytest.mark.case
RATE, SHARE = "hospital.accredit.pass_rate", "fund.surplus.reinvested_share"


@unit
@pytest.mark.parametrize(("written", "values"), [
    (f"{SHARE}=0:1:5", (0.0, 0.25, 0.5, 0.75, 1.0)),
    (f"{RATE}=0.05:0.5:10", (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)),
    (f"{SHARE} = 0, 0.5 ,1", (0.0, 0.5, 1.0)),
    (f"{SHARE}=1e-1", (0.1,)),
    ("population.n_centres=10:14:3", (10, 12, 14)),
])  # fmt: skip
def test_values_are_a_grid_with_both_ends_or_a_list(written: str, values: tuple[float, ...]) -> None:
    (found,) = read_vary([written]).values()
    assert found == values
    assert [type(value) for value in found] == [type(value) for value in values]


@unit
def test_all_values_are_combined_and_the_last_moves_fastest() -> None:
    design, source = design_of()
    assert source == HUAXI
    assert (design.n_points, design.n_runs) == (6, 12)
    assert [tuple(point.values()) for point in design.points] == [(r, s) for r in (0.1, 0.5) for s in (0.0, 0.5, 1.0)]


@pytest.mark.property
@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 60))
def test_every_run_is_in_one_chunk_and_no_chunk_is_too_large(n_seeds: int, n_points: int, size: int) -> None:
    design = SimpleNamespace(seeds=range(7, 7 + n_seeds), n_points=n_points)
    found = [(seed, point) for seeds, points in cuts(design, size) for seed in seeds for point in points]
    assert sorted(found) == [(seed, point) for seed in range(n_seeds) for point in range(n_points)]
    assert all(len(seeds) * len(points) <= size for seeds, points in cuts(design, size))


@unit
def test_shards_are_a_partition_and_a_key_belongs_to_a_run_for_ever() -> None:
    small, grown = design_of()[0], design_of(seeds="5")[0]
    keys = [run.key for chunk in Chunks(small, "e", 2) for run in chunk.runs]
    parts = [[run.key for chunk in Chunks(small, "e", 2, (i, 3)) for run in chunk.runs] for i in (1, 2, 3)]
    assert sorted(keys) == sorted(key for part in parts for key in part)
    assert set(keys) < {run.key for chunk in Chunks(grown, "e", 7) for run in chunk.runs}
    assert set(keys).isdisjoint(run.key for chunk in Chunks(small, "f", 2) for run in chunk.runs)
    assert len(set(keys)) == 12


@unit
def test_a_chunk_is_a_second_or_two_of_work_and_a_small_sweep_has_several() -> None:
    assert usual_size(design_of()[0]) == 1
    assert usual_size(design_of(seeds="1000", children="200")[0]) > 20
    assert usual_size(design_of(seeds="1000", children="90000", weeks="422")[0]) < 10


SWEEP_FILE = f"""
scenario = "huaxi.toml"
title = "Two levers"
seeds = 3
from = 2021-01-04
[vary]
{RATE} = [0.1, 0.2]
{SHARE} = {{ low = 0, high = 1, n = 3 }}
"""


def sweep_file(folder: Path, text: str) -> str:
    (folder / "huaxi.toml").write_bytes(Path(HUAXI).read_bytes())
    (folder / "asked.toml").write_text(text)
    return str(folder / "asked.toml")


@unit
def test_a_sweep_file_says_the_same_and_the_command_line_comes_first(tmp_path: Path) -> None:
    path = sweep_file(tmp_path, SWEEP_FILE)
    design, source = read_design(path)
    assert (design.n_points, len(design.seeds), str(design.frame.from_date)) == (6, 3, "2021-01-04")
    assert source == str(tmp_path / "huaxi.toml")
    changed, _ = read_design(path, [f"{RATE}=0.3"], {"seeds": ("--seeds", "9")})
    assert (changed.n_points, len(changed.seeds)) == (3, 9)


@unit
@pytest.mark.parametrize(("years", "weeks"), [("", 422), ("policy_years = 10", 683)])
def test_without_weeks_the_policy_years_of_the_scenario_are_run(years: str, weeks: int, tmp_path: Path) -> None:
    (tmp_path / "world.toml").write_text(years)
    assert read_design(str(tmp_path / "world.toml"))[0].frame.n_weeks == weeks


@case
@pytest.mark.parametrize("path", sorted((ROOT / "scenarios" / "sweeps").glob("*.toml")), ids=lambda path: path.name)
def test_the_examples_are_allowed(path: Path) -> None:
    assert read_sweep_file(path).n_runs > 1


BAD_OPTIONS = {
    "unknown key": ["--vary", "fund.surplus.reinvested_shar=0,1"],
    "a group": ["--vary", "fund.surplus=0,1"],
    "out of range": ["--vary", f"{RATE}=0.1,0.9"],
    "out of range at an end": ["--vary", f"{RATE}=0.1:0.9:5"],
    "not a number": ["--vary", f"{RATE}=nan,0.1"],
    "infinite": ["--vary", f"{SHARE}=0:inf:3"],
    "no number": ["--vary", f"{RATE}=high,low"],
    "downwards": ["--vary", f"{SHARE}=1:0:3"],
    "one value": ["--vary", f"{SHARE}=0:1:1"],
    "negative n": ["--vary", f"{SHARE}=0:1:-3"],
    "a step for n": ["--vary", f"{SHARE}=0:1:0.1"],
    "too many parts": ["--vary", f"{SHARE}=0:1:2:3"],
    "huge n": ["--vary", f"{SHARE}=0:1:{10**30}"],
    "not whole": ["--vary", "population.n_centres=10:14:4", "--from", "start"],
    "twice the same value": ["--vary", f"{RATE}=0.1,0.10"],
    "twice the same key": ["--vary", f"{RATE}=0.1", "--vary", f"{RATE}=0.2"],
    "no values": ["--vary", f"{RATE}="],
    "no equals": ["--vary", RATE],
    "empty": ["--vary", ""],
    "terminal escape": ["--vary", "\x1b[31mx\n=0"],
    "first day": ["--vary", "population.n_centres=10,11"],
    "contradiction": ["--vary", "population.share_0_4=0.3,0.45", "--vary", "population.share_5_9=0.3,0.6", "--from", "start"],
    "more than a million": ["--vary", f"{SHARE}=0:1:5000", "--seeds", "1000"],
    "seeds": ["--seeds", "0"],
    "words for seeds": ["--seeds", "many"],
    "seed": ["--seed", "-1"],
    "weeks": ["--weeks", "9999"],
    "children": ["--children", "-5"],
    "too many children": ["--children", "4000000000"],
    "children twice": ["--children", "500", "--vary", "population.n_children=200,300", "--from", "start"],
    "period": ["--period", "later"],
    "policy without policy": ["--weeks", "100", "--from", "start"],
    "from": ["--from", "yesterday"],
    "from before": ["--from", "2010-01-04"],
    "from after": ["--from", "2020-12-28", "--weeks", "100", "--period", "history"],
    "workers": ["--workers", "0"],
    "too many workers": ["--workers", "1000", "--children", "2000000"],
    "shard": ["--shard", "3/2"],
    "shard zero": ["--shard", "0/2"],
    "shard words": ["--shard", "first"],
    "chunk": ["--chunk", "0"],
    "timeout": ["--timeout", "-1"],
    "memory": ["--memory", "1"],
    "dask without scheme": ["--on", "127.0.0.1:8786"],
    "dask without port": ["--on", "dask://127.0.0.1"],
    "dask with a path": ["--on", "dask://127.0.0.1:8786/x"],
    "dask port": ["--on", "dask://127.0.0.1:99999"],
    "option": ["--sedes", "3"],
}
BAD_FILES = {
    "unknown name": 'scenario = "huaxi.toml"\nseed = 3',
    "no scenario": "[vary]\n",
    "absolute scenario": 'scenario = "/etc/passwd"',
    "missing scenario": 'scenario = "no.toml"',
    "scenario is a number": "scenario = 3",
    "vary is no table": 'scenario = "huaxi.toml"\nvary = 3',
    "text for a number": 'scenario = "huaxi.toml"\nseeds = "20"',
    "fraction": 'scenario = "huaxi.toml"\nseeds = 2.5',
    "true": 'scenario = "huaxi.toml"\nseeds = true',
    "time": 'scenario = "huaxi.toml"\nfrom = 2021-01-04T10:00:00',
    "weekly": 'scenario = "huaxi.toml"\nweekly = 1',
    "huge": 'scenario = "huaxi.toml"\nseeds = 0x' + "f" * 5_000,
    "not finite": f'scenario = "huaxi.toml"\n[vary]\n{RATE} = [nan]',
    "text": f'scenario = "huaxi.toml"\n[vary]\n{RATE} = ["a"]',
    "half a grid": f'scenario = "huaxi.toml"\n[vary]\n{RATE} = {{ low = 0.1, n = 3 }}',
    "nothing": f'scenario = "huaxi.toml"\n[vary]\n{RATE} = []',
    "a number": f'scenario = "huaxi.toml"\n[vary]\n{RATE} = 0.1',
    "unknown key": 'scenario = "huaxi.toml"\n[vary]\nfund.surpluss.reinvested_share = [1]',
    "flag for n": f'scenario = "huaxi.toml"\n[vary]\n{SHARE} = {{ low = 0, high = 1, n = true }}',
    "not TOML": "vary = [",
    "too deep": "vary = " + "[" * 50 + "]" * 50,
    "title": 'scenario = "huaxi.toml"\ntitle = 3',
}


def refused(words: list[str], out: Path, capfd: pytest.CaptureFixture[str]) -> str:
    """The one line with which a command line is refused."""
    assert cli.main(words) == 2
    captured = capfd.readouterr()
    line = captured.err.removesuffix("\n")
    assert not captured.out
    assert line.startswith("alliance: ")
    assert line.isprintable()
    assert not out.exists()
    return line


@case
@pytest.mark.parametrize("kind", BAD_OPTIONS)
@pytest.mark.parametrize("command", ["sweep", "plan"])
def test_a_bad_command_line_is_one_line(command: str, kind: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out, words = tmp_path / "out", BAD_OPTIONS[kind]
    if command == "plan" and (words[0] in ("--timeout", "--memory", "--on") or kind == "too many workers"):
        return
    line = refused([command, HUAXI, *words, "--out", str(out)], out, capfd)
    assert words[0] in line or kind in ("contradiction", "policy without policy", "children twice", "from after")
    assert "allowed" in line or "the nearest" in line or kind == "option"


@case
@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_sweep_file_is_one_line(kind: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    line = refused(["sweep", sweep_file(tmp_path, BAD_FILES[kind]), "--out", str(tmp_path / "out")], tmp_path / "out", capfd)
    assert "asked.toml" in line or "no.toml" in line


@case
def test_another_sweep_is_refused_in_a_folder_and_nothing_changes(here, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    here(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for option, text, said in [
        ("--children", "400", "population.n_children is 300 there and 400 here"), ("--weeks", "100", "--weeks is 90 there"),
        ("--from", "start", "--from is 2018-06-04 there"), ("--period", "case", "--period is history there"),
        ("--weekly", None, "--weekly is false there"),
    ]:  # fmt: skip
        words = ["sweep", *WORDS, *filter(None, [option, text]), "--out", str(tmp_path)]
        assert cli.main(words) == 2
        line = capfd.readouterr().err
        assert said in line
        assert line.count("\n") == 1
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@case
@pytest.mark.parametrize("words", [["sweep", HUAXI], ["sweep", "."], ["query", ".", "select 1"], ["query", "no", "select 1"]])
def test_what_is_not_said_is_asked_for(words: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    refused(words, tmp_path / "out", capfd)


@case
def test_a_dask_that_does_not_answer_is_one_line(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch) -> None:
    monkeypatch.setattr("experiments.sweep.executor.DASK_SECONDS", 0.3)
    assert cli.main(["sweep", *WORDS, "--out", str(tmp_path), "--on", "dask://127.0.0.1:9"]) == 2
    assert "--on: no Dask scheduler answers at 127.0.0.1:9" in capfd.readouterr().err
