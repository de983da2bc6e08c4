"""Are runs named as ever, and fast; do versions and dates stay out of it; which seeds and values are understood from Python?"""

import hashlib
import json
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cli
from alliance import sweep
from experiments.sweep import made
from experiments.sweep.chunk import Chunks
from experiments.sweep.design import Frame
from experiments.sweep.folder import read_folder
from experiments.sweep.key import Questions, engine_of_this_process, run_key
from experiments.sweep.read import read_design, said_in_options
from model.refusal import ScenarioError
from model.scenario import Scenario
from model.scenario_file import read_toml
from tests.sweep import situations
from tests.sweep.conftest import HUAXI, ROOT, design_of

case, unit = pytest.mark.case, pytest.mark.unit
OLD = ROOT / "tests" / "fixtures" / "sweep-0.1"
RATE, SHARE = "hospital.accredit.pass_rate", "fund.surplus.reinvested_share"
CHANGES = ((date(2019, 1, 7), {"c.d": 4}), (date(2021, 1, 4), {"a.b": 0.3}))
TINY = Scenario("tiny", {"a.b": 0.1, "c.d": 3, "e.f": 1e-9}, changes=CHANGES)


def key_of_version_0_1(frame: Frame, point: dict, engine: str, seed: int) -> str:
    """The key as version 0.1 made it, all of it for each run."""
    segments = [[week, sorted(values.items())] for week, values in frame.scenario_at(point).segments()]
    text = json.dumps([engine, segments, frame.n_weeks, frame.period])
    question = hashlib.sha256(text.encode()).hexdigest()[:20]
    return hashlib.sha256(f"{question} {seed}".encode()).hexdigest()[:20]


@unit
def test_a_key_is_the_same_for_ever() -> None:
    frame = Frame(TINY, date(2020, 12, 28), 300, "policy")
    assert run_key(Questions(frame, ["a.b", "c.d"], "e")({"a.b": 0.2, "c.d": 5}), 7) == "90cccf211b9f279d4942"


@pytest.mark.property
@given(
    st.sets(st.sampled_from(["a.b", "c.d", "e.f"])), st.sampled_from([None, date(2018, 6, 4), date(2019, 1, 7), date(2021, 1, 4)]),
    st.lists(st.one_of(st.integers(0, 10**9), st.floats(allow_nan=False, allow_infinity=False)), min_size=3, max_size=3),
    st.integers(0, 2**32 - 1),
)  # fmt: skip
def test_what_is_common_is_hashed_once_and_the_key_is_that_of_version_0_1(keys, from_date, values, seed: int) -> None:
    frame, point = Frame(TINY, from_date, 300, "policy"), dict(zip(sorted(keys), values, strict=False))
    assert run_key(Questions(frame, point, "e")(point), seed) == key_of_version_0_1(frame, point, "e", seed)


@case
def test_a_real_design_has_the_keys_of_version_0_1() -> None:
    for from_date in ("2018-06-04", "start"):
        design, _ = design_of(from_date=from_date)
        runs = [run for chunk in Chunks(design, "e", 5) for run in chunk.runs]
        assert [run.key for run in runs] == [key_of_version_0_1(design.frame, run.point, "e", run.seed) for run in runs]


@case
def test_the_old_folder_asks_the_questions_that_its_runs_answer() -> None:
    """As long as parameters are those of version 0.1; with others the questions are others too."""
    design, engine = read_folder(OLD), next((OLD / "runs").iterdir()).name
    there = {key for path in OLD.glob("runs/*/*") for key in pq.read_table(path, columns=["key"])["key"].to_pylist()}
    found = {run.key for chunk in Chunks(design, engine, 2) for run in chunk.runs}
    fresh = {key_of_version_0_1(design.frame, point, engine, seed) for point in design.points for seed in design.seeds}
    assert found == fresh
    assert len(there) == len(found)
    if engine == engine_of_this_process():  # nothing of model and agents has changed since
        assert there == found


@case
def test_many_runs_are_said_before_they_are_named(tmp_path: Path, capfd, monkeypatch) -> None:
    from experiments.sweep import estimate

    monkeypatch.setattr(estimate, "probe_of", lambda _: estimate.Probe(0, 0, 1, 1, 1))
    told = []
    monkeypatch.setattr(estimate, "engine_of_this_process", lambda: told.append(capfd.readouterr().err) or "e")
    words = ["plan", HUAXI, "--vary", f"{RATE}=0.05:0.5:50", "--vary", f"{SHARE}=0:1:40", "--seeds", "5"]
    assert cli.main(words) == 0
    assert told == ["alliance: naming 10,000 runs ...\n"]
    captured = capfd.readouterr()
    assert captured.err == ""
    assert "10,000 (2,000 points x 5 seeds)" in captured.out


@unit
def test_what_all_points_have_in_common_is_checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr("experiments.sweep.read.check_together", lambda values, _: asked.append(values))
    read_design(HUAXI, [f"{RATE}=0.05:0.5:50", f"{SHARE}=0:1:40"], said_in_options({}))
    assert len(asked) < 5


@unit
@pytest.mark.parametrize(("said", "seeds"), [("4", [1, 2, 3, 4]), ("3,7", [3, 7]), ("[3, 7]", [3, 7]), ("[5]", [5]), ("9,", None)])
def test_seeds_are_how_many_or_which(said: str, seeds: list[int] | None) -> None:
    if seeds is None:
        with pytest.raises(ScenarioError, match="--seeds"):
            design_of(seeds=said)
    else:
        assert list(design_of(seeds=said)[0].seeds) == seeds


@unit
@pytest.mark.parametrize("said", ["3,3", "3,-1", "[]", "3;7", "a,b"])
def test_wrong_seeds_are_one_line(said: str) -> None:
    with pytest.raises(ScenarioError, match="--seeds"):
        design_of(seeds=said)
    with pytest.raises(ScenarioError, match="--seed: seeds are named one by one"):
        design_of(seeds="3,7", seed="4")


@case
def test_python_sweeps_the_seeds_that_are_named_and_the_folder_says_which(tmp_path: Path) -> None:
    folder = tmp_path / "swept"
    means = {"children": 300, "weeks": 10, "from_date": "start", "period": "history", "on": situations.AtOnce(), "workers": 1}
    with situations.without_simulation():
        found = sweep(HUAXI, {SHARE: np.linspace(0, 1, 2)}, seeds=[3, 7], out=folder, **means)
        assert sweep(HUAXI, {SHARE: {"low": 0, "high": 1, "n": 2}}, seeds=(7,), **means)["seed"].tolist() == [7, 7]
    assert found["seed"].tolist() == [3, 7, 3, 7]
    assert read_toml(folder / "sweep.toml")["seeds"] == [3, 7]
    assert list(read_folder(folder).seeds) == [3, 7]


WRONG = {
    "no mapping": [RATE], "a text": {RATE: "0.1"}, "a number": {RATE: 0.1}, "nothing": {RATE: []}, "none": {RATE: None},
    "a number for a key": {3: [0.1]}, "unknown": {"hospital.accredit.pass_rat": [0.1]}, "a group": {"fund.surplus": [1]},
    "out of range": {RATE: [0.1, 2]}, "texts": {RATE: ["a"]}, "half a grid": {RATE: {"low": 0.1}}, "twice": {RATE: [0.1, 0.1]},
    "nan": {RATE: [float("nan")]}, "an array without dimensions": {RATE: np.array(0.1)}, "a table": {RATE: np.ones((2, 2))},
}  # fmt: skip


@unit
@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_vary_is_a_scenario_error(kind: str) -> None:
    with pytest.raises(ScenarioError, match=r"^vary: ") as error:
        sweep(HUAXI, WRONG[kind])
    assert str(error.value).isprintable()


@unit
@pytest.mark.parametrize("wrong", [
    {"seeds": [3, 3]}, {"seeds": []}, {"seeds": 2.5}, {"seeds": None}, {"seeds": [1, "x"]}, {"on": 3}, {"workers": "two"},
    {"from_date": 7}, {"seeds": [3], "first_seed": 2}, {"out": 3},
])  # fmt: skip
def test_other_wrong_words_are_scenario_errors(wrong: dict) -> None:
    with pytest.raises(ScenarioError):
        sweep(HUAXI, {RATE: [0.1]}, **wrong)


@case
def test_versions_and_dates_are_kept_and_change_no_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = []
    with situations.without_simulation():
        for day in ("2026-01-01T00:00:00Z", "2030-12-31T23:59:59Z"):
            monkeypatch.setattr(made, "now", lambda day=day: day)
            situations.sweep(tmp_path / day)
            tables.append(situations.state_of(tmp_path / day))
            path = next((tmp_path / day).glob("runs/*/*"))
            kept = json.loads(pq.ParquetFile(pa.BufferReader(path.read_bytes())).metadata.metadata[b"alliance"])
            told = read_toml(tmp_path / day / "sweep.toml")["made"]
            assert (kept["written"], told["created"]) == (day, day)
            for name in ("package", "python", "numpy", "numba"):
                assert kept[name] == told[name] != ""
    assert tables[0] == tables[1]
