"""Does the door for a terminal give what was asked for, and nothing else?"""

import hashlib
import json
import math
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import cli
from experiments import interval, request
from experiments.record import engine_version
from model import indicators
from model.calendar import BURN_IN_WEEKS
from model.known import known_figures
from tests.patience import SECONDS

ROOT = Path(__file__).resolve().parent.parent
HUAXI = str(ROOT / "scenarios" / "huaxi.toml")
SMALL = ["run", HUAXI, "--children", "2000", "--weeks", "30"]
ASKED_FOR = (
    "n_alliance_visits", "share_referred", "share_self_referred", "n_missed_serious_per_1000_serious",
    "n_missed_serious_per_10000_visits", "n_accredited_doctors", "fund_reserve_yuan", "ledger_imbalance_fen",
)  # fmt: skip

case, unit = pytest.mark.case, pytest.mark.unit
Captured = pytest.CaptureFixture[str]


def strict(text: str) -> Any:
    """One JSON value as the standard has it: NaN is an error."""
    return json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))


def answered(words: list[str], capfd: Captured) -> Any:
    assert cli.main([*words, "--json"]) == 0
    captured = capfd.readouterr()
    assert not captured.err
    assert captured.out.count("\n") == 1
    return strict(captured.out)


@case
def test_json_is_one_strict_object_with_the_promised_names(capfd: Captured) -> None:
    found = answered(SMALL, capfd)
    assert (found["scenario"], found["seed"], found["engine_version"]) == ("huaxi", 1, engine_version())
    assert found["seconds"] > 0
    assert found["n_illnesses"] > found["indicators"]["n_illnesses"] > 0
    assert set(ASKED_FOR) <= set(found["indicators"])
    assert found["indicators"]["ledger_imbalance_fen"] == 0
    assert found["indicators"]["n_alliance_visits"] == 0
    assert found["indicators"]["share_referred"] is None


@case
def test_one_seed_gives_the_same_results_again_and_another_does_not(capfd: Captured) -> None:
    first, again, other = (answered([*SMALL, "--seed", seed], capfd) for seed in ("7", "7", "8"))
    assert first | {"seconds": 0} == again | {"seconds": 0}
    assert first["result_hash"] != other["result_hash"]


@case
def test_several_seeds_give_each_run_and_the_mean_with_its_interval(capfd: Captured) -> None:
    words = ["run", HUAXI, "--children", "2000", "--weeks", "120"]
    found = answered([*words, "--seeds", "3", "--seed", "4"], capfd)
    assert [run["seed"] for run in found["runs"]] == [4, 5, 6]
    assert found["seed"] == 4
    for name in ("result_hash", "seconds", "n_illnesses", "indicators"):
        assert found[name] == found["runs"][0][name]
    visits = [run["indicators"]["n_visits"] for run in found["runs"]]
    mean = sum(visits) / 3
    sd = math.sqrt(sum((x - mean) ** 2 for x in visits) / 2)
    assert found["mean"]["n_visits"] == pytest.approx(mean)
    assert found["half_width_95"]["n_visits"] == pytest.approx(4.3027 * sd / math.sqrt(3))
    assert found["runs"][1]["result_hash"] == answered([*words, "--seed", "5"], capfd)["result_hash"]


@case
def test_out_holds_the_weekly_table_and_the_record_and_leaves_other_files_alone(tmp_path: Path, capfd: Captured) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    for _ in range(2):
        found = answered([*SMALL, "--seeds", "2", "--out", str(tmp_path)], capfd)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.txt", "run.json", "weekly.parquet"]
    weekly = pd.read_parquet(tmp_path / "weekly.parquet")
    assert list(weekly.columns[:3]) == ["seed", "week_start", "period"]
    assert set(found["indicators"]) <= set(weekly.columns)
    assert weekly.groupby("seed").size().to_dict() == {1: 82, 2: 82}
    assert weekly["week_start"].iloc[BURN_IN_WEEKS] == pd.Timestamp("2017-11-27")
    first = weekly[(weekly["seed"] == 1) & (weekly["period"] == "history")]
    assert first["n_illnesses"].sum() == found["indicators"]["n_illnesses"]
    record = strict((tmp_path / "run.json").read_text())
    assert record | found == record
    assert record["resolved_scenario"]["values"]["population.n_children"] == 2000
    assert record["sha256"]["weekly.parquet"] == hashlib.sha256((tmp_path / "weekly.parquet").read_bytes()).hexdigest()
    assert {"python", "numpy", "numba", "mesa"} <= set(record["versions"])
    assert str(tmp_path) not in json.dumps(record)


@case
def test_settings_act_from_the_start_or_from_their_date(capfd: Captured) -> None:
    words = ["run", HUAXI, "--children", "2000", "--weeks", "60"]
    setting = ["--set", "illness.episodes_0_4=4.8"]
    plain, dated, always = (answered([*words, *more], capfd) for more in ([], [*setting, "--from", "2018-09-03"], setting))
    n_illnesses = [found["n_illnesses"] for found in (plain, dated, always)]
    assert n_illnesses == sorted(set(n_illnesses))


@case
def test_indicators_cover_the_period_asked_for(capfd: Captured) -> None:
    words = ["run", HUAXI, "--children", "1000", "--weeks", "200"]
    found = {period: answered([*words, "--period", period], capfd) for period in request.PERIODS}
    assert tuple(sorted(request.PERIODS)) == tuple(sorted(indicators.PERIODS))
    count = {period: one["indicators"]["n_illnesses"] for period, one in found.items()}
    assert count["history"] + count["policy"] == count["case"]
    assert count["burn_in"] + count["case"] == found["case"]["n_illnesses"]
    assert len({one["result_hash"] for one in found.values()}) == 1


@case
def test_the_summary_shows_the_known_figures_and_that_a_low_rate_is_no_success(capfd: Captured) -> None:
    assert cli.main([*SMALL, "--seeds", "2"]) == 0
    text = " ".join(capfd.readouterr().out.split())
    for shown in ("1.19 %", "10.00 %", "four different stories", "A low rate is not success", "The Huaxi alliance",
                  "2 seeds, 2,000 children"):  # fmt: skip
        assert shown in text
    assert "84.40 %" not in text


@case
def test_what_is_known_of_ordinary_care_stands_beside_the_year_before_the_alliance(capfd: Captured) -> None:
    assert cli.main([*SMALL, "--period", "burn_in"]) == 0
    text = " ".join(capfd.readouterr().out.split())
    for shown in ("26.00 % to 47.00 %", "84.40 %", "1.39 (1.25 to 1.60)"):
        assert shown in text
    assert "36,480" not in text


@case
def test_an_empty_scenario_is_the_declared_world_and_says_so(tmp_path: Path, capfd: Captured) -> None:
    (tmp_path / "empty.toml").touch()
    assert cli.main(["run", str(tmp_path / "empty.toml"), "--children", "2000", "--weeks", "10"]) == 0
    assert capfd.readouterr().err.startswith("alliance: empty.toml says nothing: every parameter has its declared value")


@case
def test_texts_of_a_scenario_are_shown_as_they_are(tmp_path: Path, capfd: Captured) -> None:
    path = tmp_path / "odd.toml"
    path.write_text('title = "[red]\\u001b[31mA\\u0007"\nquestion = "Why\\n[/nothing]?"')
    assert cli.main(["run", str(path), "--children", "500", "--weeks", "1"]) == 0
    assert cli.main(["scenarios", str(tmp_path)]) == 0
    text = capfd.readouterr().out
    assert "[red]\\x1b[31mA\\x07" in text
    assert text.count("Why [/nothing]?") == 2
    assert "\x1b" not in text


@case
def test_scenarios_lists_each_file_with_its_question_and_the_bad_one_with_its_refusal(tmp_path: Path, capfd: Captured) -> None:
    assert cli.main(["scenarios"]) == 0
    listed = capfd.readouterr().out
    assert "no_alliance.toml" in listed
    assert "What would have happened" in listed
    (tmp_path / "bad.toml").write_text("titel = 'x'")
    assert cli.main(["scenarios", str(tmp_path)]) == 0
    assert "nearest known name" in " ".join(capfd.readouterr().out.split())


@case
def test_explain_tells_meaning_value_range_source_and_where_it_is_used(capfd: Captured) -> None:
    assert cli.main(["explain", "hospital.accredit.pass_rate"]) == 0
    text = " ".join(capfd.readouterr().out.split())
    for shown in ("Value 0.1", "Range 0.02 to 0.8", "Case article", "agents/hospital/accredit.toml",
                  "n_accredited_doctors", "model/examination.py:"):  # fmt: skip
        assert shown in text
    assert cli.main(["explain", "pass_rate"]) == 2
    assert "the nearest are hospital.accredit.pass_rate" in capfd.readouterr().err


@unit
def test_known_visits_are_those_of_the_zone_in_proportion_to_its_children() -> None:
    whole, tenth = known_figures(90_000)["n_alliance_visits"], known_figures(9_000)["n_alliance_visits"]
    assert (whole.low, whole.value, whole.high) == pytest.approx((18_240, 36_480, 60_800))
    assert (tenth.low, tenth.value, tenth.high) == pytest.approx((1_824, 3_648, 6_080))


@unit
@pytest.mark.parametrize(("degrees", "t"), [(1, 12.7062), (4, 2.7764), (30, 2.0423), (31, 2.0395), (60, 2.0003), (999, 1.9623)])
def test_students_t_is_that_of_the_tables(degrees: int, t: float) -> None:
    assert interval.student_t(degrees) == pytest.approx(t, abs=1e-4)


@unit
def test_what_has_no_value_has_no_interval() -> None:
    nan = math.nan
    assert interval.mean_and_half_width([1.0, 3.0, nan]) == pytest.approx((2.0, 12.7062))
    assert interval.mean_and_half_width([1.0, nan]) == pytest.approx((1.0, nan), nan_ok=True)
    assert interval.mean_and_half_width([nan]) == pytest.approx((nan, nan), nan_ok=True)


@unit
@pytest.mark.parametrize("is_new", [True, False])
def test_a_full_disk_leaves_nothing_behind(is_new: bool, tmp_path: Path, capfd: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    out = tmp_path / "new" / "folder" if is_new else tmp_path
    assert cli.main([*SMALL, "--out", str(out)]) == 2
    captured = capfd.readouterr()
    assert captured.err.count("\n") == 1
    assert "cannot be written (No space left on device)" in captured.err
    assert not captured.out
    assert list(tmp_path.iterdir()) == []


@unit
def test_ctrl_c_is_one_line_and_130(tmp_path: Path, capfd: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("experiments.run.run_world", stopped)
    assert cli.main([*SMALL, "--out", str(tmp_path / "out"), "--json"]) == 130
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "alliance: stopped; no results were written\n")
    assert list(tmp_path.iterdir()) == []


@case
@pytest.mark.slow
def test_ctrl_c_in_a_real_process_is_one_line_and_130(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "cli", "run", HUAXI, "--seeds", "1000", "--out", str(tmp_path / "out")]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        time.sleep(4)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=SECONDS)
    assert (process.returncode, output) == (130, "")
    assert errors == "alliance: stopped; no results were written\n"
    assert list(tmp_path.iterdir()) == []


@unit
def test_a_reader_who_leaves_the_pipe_is_no_error() -> None:
    words = f"{sys.executable} -m cli explain fund.surplus.reinvested_share | true"
    done = subprocess.run(["sh", "-c", words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=SECONDS)
    assert (done.returncode, done.stderr) == (0, "")


@unit
def test_the_dashboard_listens_on_this_machine_only_and_calls_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[Any] = []
    monkeypatch.setattr(os, "execve", lambda *words: found.extend(words))
    assert cli.main(["dashboard", "--port", "9000"]) == 0
    _, words, _ = found
    assert words[words.index("--host") + 1] == "127.0.0.1"
    assert words[words.index("--port") + 1] == "9000"
    assert words[words.index("-m") + 1] == "dashboard.serving"


@unit
def test_the_version_names_package_and_engine(capfd: Captured) -> None:
    assert cli.main(["--version"]) == 0
    assert capfd.readouterr().out == f"alliance {engine_version()}\n"


@unit
@pytest.mark.parametrize("words", [[], ["--help"], *([name, "--help"] for name in ("run", "scenarios", "explain", "dashboard"))])
def test_help_is_given_for_everything(words: list[str], capfd: Captured) -> None:
    assert cli.main(words) == 0
    captured = capfd.readouterr()
    assert "Usage" in captured.out
    assert not captured.err


@pytest.mark.case
def test_a_change_after_the_reported_period_is_pointed_out(capfd):
    words = ["run", str(HUAXI), "--children", "500", "--weeks", "200", "--json"]
    lever = ["--set", "fund.surplus.reinvested_share=1", "--from", "2021-01-04"]
    assert cli.main([*words, *lever]) == 0
    assert "--period policy" in capfd.readouterr().err
    assert cli.main([*words, *lever, "--period", "policy"]) == 0
    assert capfd.readouterr().err == ""
