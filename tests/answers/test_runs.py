"""Do policies of one seed share their world, whoever ran it, and do four readings in small worlds give an answer and a page?"""

import io
import json
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

import cli
from experiments.answers import answer
from experiments.answers.page_files import ask_page, csv_of, page_files, read_runs
from experiments.answers.policy import AS_IT_IS, planners_questions
from experiments.answers.readings import CALIBRATED, FOLDER, four_readings, points_of
from experiments.answers.run import differences_of
from experiments.answers.table import answer_table
from experiments.answers.under_all import ask
from experiments.answers.words import main_figures
from experiments.claims import Claim, Experiment, judge, run_seed
from experiments.subjects import CAN_HIDE, MAY_BREAK
from model.indicators import INDICATORS

case, convention = pytest.mark.case, pytest.mark.convention
PASS = {"hospital.accredit.pass_rate": 0.5}
DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def asked(folder):
    return ask(PASS, seeds="2", children="3000", workers="1", readings=folder)


@pytest.fixture(scope="module")
def frame(asked):
    return asked.answered()


@case
def test_a_difference_is_that_of_a_paired_experiment_in_the_same_reading(frame, readings):
    arms = {"low": (), "high": ((0, PASS),)}
    claim = Claim.between("low", "high", "n_accredited_doctors", 0)
    experiment = Experiment("x", "", arms, (claim,), str(readings[1].file))
    (found,) = judge(experiment, [run_seed(experiment, seed, 3_000) for seed in (301, 302)])
    row = frame.loc["n_accredited_doctors"]
    assert (row["B"], row["B_low"], row["B_high"]) == (found.found.mean, found.found.low, found.found.high)
    assert list(frame.index) == list(INDICATORS)
    assert frame.loc["share_referred", "can_hide"] == (*CAN_HIDE["share_referred"], *MAY_BREAK)


@case
def test_the_answer_is_the_same_for_one_worker_and_for_two(folder, frame):
    pd.testing.assert_frame_equal(answer(PASS, seeds=2, children=3_000, workers=2, readings=folder), frame, check_exact=True)


@case
def test_a_policy_that_changes_nothing_shows_no_difference(folder):
    asked = ask({"hospital.accredit.pass_rate": 0.1}, "2021-09-06", seeds="2", children="500", workers="1", readings=folder)
    frame = asked.answered()
    assert asked.policy.week == 36
    assert set(frame["verdict"]) <= {"no difference shown in any", "no value in any"}
    assert (frame[["A", "B", "C", "D"]].fillna(0.0) == 0.0).all(axis=None)


@case
@pytest.mark.slow
def test_every_policy_of_a_seed_is_there_in_every_reading_and_point(runs, readings):
    policies = [AS_IT_IS, *(policy.name for question in planners_questions() for policy in question.policies)]
    assert runs.groupby(["reading", "point", "seed"])["policy"].agg(list).map(lambda found: found == policies).all()
    for one in readings:
        rows = runs[runs["reading"] == one.letter]
        assert sorted(set(rows["point"])) == [CALIBRATED, *points_of(one, 2)]
    nothing = differences_of(runs, AS_IT_IS, "n_alliance_visits")
    assert all(one.mean == 0.0 for one in nothing.values())


@pytest.fixture(scope="module")
def files(runs, readings):
    return page_files("answers", runs, readings)


@case
@pytest.mark.slow
def test_the_page_has_every_part_for_every_question(files):
    text = files["answers.md"].decode()
    for question in planners_questions():
        assert f"## {question.title}" in text
        assert f"](answers_{question.key}.svg)" in text
        assert files[f"answers_{question.key}.svg"].startswith(b"<?xml")
    for part in ("What the flattering figure hides", "How sure the numbers are", "What would change the answer"):
        assert text.count(part) == len(planners_questions())
    assert "| nan" not in text


@case
@pytest.mark.slow
def test_the_page_made_again_from_its_stored_runs_has_the_same_bytes(files, folder, tmp_path, capfd):
    (tmp_path / "runs.csv").write_bytes(files["answers_runs.csv"])
    words = ["answer", "--page", str(tmp_path / "answers.md"), "--runs", str(tmp_path / "runs.csv"), "--readings", str(folder)]
    assert cli.main(words) == 0, capfd.readouterr().err
    assert {name: (tmp_path / name).read_bytes() for name in files} == files


@case
def test_a_person_reads_a_verdict_for_each_figure(asked, frame):
    text = io.StringIO()
    Console(file=text, width=200).print(answer_table(asked, frame, ["n_accredited_doctors"]))
    shown = text.getvalue()
    assert "hospital.accredit.pass_rate = 0.5 from 2020-12-28: 2 seeds in each reading, 3,000 children" in shown
    for name in (*main_figures(), "n_accredited_doctors", "D unrecorded"):
        assert name in shown, name


@case
def test_the_terminal_prints_every_indicator_as_one_object(folder, capfd):
    words = ["answer", "--set", "hospital.accredit.pass_rate=0.5", "--seeds", "2", "--children", "500", "--workers", "1"]
    assert cli.main([*words, "--readings", str(folder), "--json"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert set(found["indicators"]) == set(INDICATORS)
    assert [one["letter"] for one in found["readings"]] == ["A", "B", "C", "D"]
    assert found["policy"] == [{"key": "hospital.accredit.pass_rate", "value": 0.5}]


BAD = {
    "no policy": ([], "--set: no policy is named; allowed is KEY=VALUE"),
    "an unknown key": (["--set", "hospital.acredit.pass_rate=1"], "--set: unknown key"),
    "out of range": (["--set", "hospital.accredit.pass_rate=9"], "--set: hospital.accredit.pass_rate is 9, out of range"),
    "the first day": (["--set", "doctor.refer.caution=5"], "--set: doctor.refer.caution shapes the world's first day"),
    "one seed": (["--set", "hospital.accredit.pass_rate=0.3", "--seeds", "1"], "--seeds: '1'; allowed is a whole number from 2"),
    "before the policy": (
        ["--set", "hospital.accredit.pass_rate=0.3", "--from", "2019-01-07"],
        "--from: 2019-01-07; allowed is a date",
    ),
    "no date": (["--set", "hospital.accredit.pass_rate=0.3", "--from", "soon"], "--from: 'soon'; allowed is a date"),
    "no worker": (["--set", "hospital.accredit.pass_rate=0.3", "--workers", "0"], "--workers: '0'"),
    "no indicator": (
        ["--set", "hospital.accredit.pass_rate=0.3", "--indicator", "trust"],
        "--indicator: unknown indicator 'trust'",
    ),
    "a contradiction": (
        ["--set", "hospital.support.share_for_training=1", "--set", "hospital.support.share_for_review=1"],
        "--set: ",
    ),
    "page and policy": (["--page", "a.md", "--set", "hospital.accredit.pass_rate=0.3"], "--set: --page is given too"),
    "no page": (["--page", "a.html"], "--page: 'a.html'; allowed is the name of a file that ends in .md"),
    "runs without page": (["--runs", "a.csv"], "--runs: is given without --page"),
    "no runs": (["--page", "a.md", "--runs", "none.csv"], "--runs none.csv: cannot be read"),
    "no points": (["--page", "a.md", "--points", "0"], "--points: '0'"),
}


@case
@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_refused_in_one_line(kind, folder, tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    words, said = BAD[kind]
    assert cli.main(["answer", *words, "--readings", str(folder)]) == 2
    printed = capfd.readouterr()
    assert printed.err.startswith(f"alliance: {said}"), printed.err
    assert printed.err.count("\n") == 1
    assert not printed.out


@case
def test_readings_that_are_not_there_and_runs_of_other_numbers_are_refused(runs, folder, readings, tmp_path, capfd):
    assert cli.main(["answer", "--set", "hospital.accredit.pass_rate=0.3", "--readings", str(tmp_path)]) == 2
    assert "holds no mild_cases.toml; allowed is a folder with mild_cases.toml" in capfd.readouterr().err
    (tmp_path / "runs.csv").write_text(csv_of(runs.replace({"inputs": {runs["inputs"][0]: "0"}})), encoding="utf-8")
    words = ["answer", "--page", str(tmp_path / "a.md"), "--runs", str(tmp_path / "runs.csv"), "--readings", str(folder)]
    assert cli.main(words) == 2
    assert "was run with other numbers than mild_cases.toml" in capfd.readouterr().err
    ask_page(folder, "1", seeds="2", children="800")
    readings[0].posterior.rename(tmp_path / "kept.csv")
    try:
        assert cli.main(["answer", "--page", str(tmp_path / "a.md"), "--readings", str(folder)]) == 2
        assert "posterior/mild_cases.csv: cannot be read" in capfd.readouterr().err
    finally:
        (tmp_path / "kept.csv").rename(readings[0].posterior)


@convention
@pytest.mark.slow
@pytest.mark.skipif(not (DOCS / "answers_runs.csv").exists(), reason="the page has not been run yet")
def test_the_committed_page_is_what_its_runs_say():
    readings = four_readings(FOLDER)
    files = page_files("answers", read_runs(DOCS / "answers_runs.csv", readings), readings)
    assert (DOCS / "answers.md").read_bytes() == files["answers.md"]
