"""What do plan, query, the bar and the summary say?"""

import json
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from rich.console import Console

import cli
from experiments.sweep.carry_out import Listeners, carry_out
from experiments.sweep.estimate import estimate
from experiments.sweep.ledger import Ledger
from experiments.sweep.means import Means
from experiments.sweep.progress import progress
from experiments.sweep.query import query, with_quotes
from experiments.sweep.summary import duration, summary
from model.refusal import ScenarioError
from terminal.stop import StoppedError, listening, stoppable
from tests.sweep import mishaps
from tests.sweep.conftest import VARY, WORDS, design_of, ended, start

unit, case = pytest.mark.unit, pytest.mark.case
Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a finished sweep with weekly curves and a second varied value that came later."""
    found = tmp_path_factory.mktemp("swept")
    with ThreadPoolExecutor(1) as executor:
        for vary in (VARY[:1], VARY):
            design, source = design_of(vary, weekly="true")
            carry_out(design, source, found, Means(n_workers=1, executor=executor), Listeners())
    return found


@case
def test_a_query_may_name_parameters_as_they_are(folder: Path) -> None:
    sql = "select hospital.accredit.pass_rate, count(*) as n, count(distinct seed) as seeds from runs group by 1 order by 1"
    found = query(folder, sql)
    assert found.columns.tolist() == ["hospital.accredit.pass_rate", "n", "seeds"]
    assert found.to_numpy().tolist() == [[0.1, 6, 2], [0.5, 6, 2]]


@case
def test_a_run_from_before_a_parameter_varied_has_the_scenarios_value(folder: Path) -> None:
    found = query(folder, "select fund.surplus.reinvested_share as share, count(*) as n from all_runs group by 1 order by 1")
    assert found.to_numpy().tolist() == [[0, 4], [0.5, 4], [1, 4]]  # 0.5 is its own value: those runs were found


@case
def test_weekly_curves_have_their_seed_and_point(folder: Path) -> None:
    found = query(folder, "select seed, hospital.accredit.pass_rate, count(*) as n, sum(n_illnesses) > 0 from weekly group by all")
    assert set(found["n"]) == {3 * 90}
    assert len(found) == 4


@unit
@pytest.mark.parametrize(("sql", "quoted"), [
    ("select fund.pay.visit_fee", "select fund.pay.visit_fee"),
    ("select avg(hospital.accredit.pass_rate)", 'select avg("hospital.accredit.pass_rate")'),
    ("where x = 'hospital.accredit.pass_rate'", "where x = 'hospital.accredit.pass_rate'"),
    ('select "hospital.accredit.pass_rate"', 'select "hospital.accredit.pass_rate"'),
    ("select runs.seed from runs", "select runs.seed from runs"),
])  # fmt: skip
def test_names_of_parameters_are_put_into_quotes_and_nothing_else_is(sql: str, quoted: str) -> None:
    assert with_quotes(sql) == quoted


FORBIDDEN = [
    "copy runs to 'x.csv'", "create table x as select 1", "set threads = 1", "select 1; select 2", "attach 'x.db'", "load httpfs",
    "install httpfs", "pragma version", "drop view runs", "", "selec", "select nothing from runs",
    "select * from read_csv('/etc/passwd')",
    "select * from read_text('SWEPT/sweep.toml')", "select * from glob('/*')", "select * from '/etc/passwd'", "from folder",
    "export database 'x'", "from read_parquet('http" + "://127.0.0.1:9/x.parquet')", "call pragma_version()",
]  # fmt: skip


@case
@pytest.mark.parametrize("sql", FORBIDDEN)
def test_a_query_reads_this_folder_and_does_nothing_else(sql: str, folder: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    with pytest.raises(ScenarioError) as error:
        query(folder, sql.replace("SWEPT", str(folder)))
    assert str(error.value).isprintable()
    assert "allowed is one SELECT" in str(error.value)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
    assert list(tmp_path.iterdir()) == []


@case
def test_answers_are_a_table_or_csv_or_json(folder: Path, capfd: Captured) -> None:
    words = ["query", str(folder), "select seed, null as nothing, 'a\x1b[2J' as odd, 0.5 as half from runs order by key limit 1"]
    assert cli.main([*words, "--json"]) == 0
    (row,) = json.loads(capfd.readouterr().out)
    assert row | {"seed": 0} == {"seed": 0, "nothing": None, "odd": "a\x1b[2J", "half": 0.5}
    assert cli.main([*words, "--csv"]) == 0
    assert capfd.readouterr().out.splitlines()[0] == "\ufeffseed,nothing,odd,half"  # a file, which a spreadsheet may open
    assert cli.main(words) == 0
    shown = capfd.readouterr().out
    assert "\x1b" not in shown
    assert "0.5" in shown
    assert cli.main([*words, "--csv", "--json"]) == 2


@case
def test_a_plan_tells_runs_time_memory_and_disk_and_writes_nothing(folder: Path, tmp_path: Path, capfd: Captured) -> None:
    assert cli.main(["plan", *WORDS, "--seeds", "5", "--out", str(tmp_path / "out")]) == 0
    shown = capfd.readouterr().out
    for word in ("Runs    30 (6 points x 5 seeds); 0 are done", "first 79 weeks once", "about", "GB", "MB in", "An estimate"):
        assert word in shown
    assert not (tmp_path / "out").exists()
    assert cli.main(["plan", *WORDS, "--weekly", "--seeds", "5", "--out", str(folder)]) == 0
    assert "12 are done already" in capfd.readouterr().out


@case
def test_a_plan_foresees_the_disk_within_a_half(folder: Path) -> None:
    design, _ = design_of(weekly="true")
    ahead = estimate(design, Means(), None)
    taken = sum(path.stat().st_size for path in folder.rglob("*.parquet"))
    assert 0.5 * taken < ahead.disk_bytes < 1.5 * taken
    assert estimate(design, Means(), folder).seconds == 0


@unit
def test_times_are_said_as_people_say_them() -> None:
    assert [duration(seconds) for seconds in (5, 600, 7_200, 400_000)] == ["5 s", "10 min", "2.0 h", "4.6 days"]


@case
def test_the_summary_counts_failed_runs_and_repeats_the_first(here, tmp_path: Path, capfd: Captured) -> None:
    course = here(tmp_path, work=mishaps.raising)
    Console(width=500).print(summary(design_of()[0], course, tmp_path, (1, 1)))
    shown = capfd.readouterr().out
    assert "1 runs gave no result (1 raised)" in shown
    assert "ValueError: a rule divided\\nby zero" in shown
    assert "    alliance run " in shown
    assert "0 were there, 12 were done now" in shown
    assert f"alliance query {tmp_path} 'select hospital.accredit.pass_rate" in shown


@unit
def test_a_log_gets_a_line_at_every_tenth(capfd: Captured) -> None:
    with progress() as listeners:
        for n in range(41):
            listeners.runs(n, 40, n // 30)
    lines = capfd.readouterr().err.splitlines()
    assert len(lines) == 10
    assert (lines[0], lines[-1]) == ("alliance: 4 of 40 runs done", "alliance: 40 of 40 runs done, 1 failed")


@unit
def test_the_end_that_a_batch_system_announces_is_like_ctrl_c(tmp_path: Path) -> None:
    with pytest.raises(StoppedError, match="finished runs are kept"), listening(), stoppable("finished runs are kept"):
        os.kill(os.getpid(), signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


@case
def test_the_door_sweeps_and_asks(tmp_path: Path) -> None:
    output, errors = ended(start(["sweep", *WORDS, "--out", str(tmp_path), "--workers", "1"]))
    assert "12 runs (6 points, 2 seeds)" in " ".join(output.split())
    assert errors.splitlines()[-1] == "alliance: 12 of 12 runs done"
    assert len(Ledger(tmp_path, next((tmp_path / "runs").iterdir()).name).news()) == 12


@unit
@pytest.mark.parametrize("name", ["sweep", "plan", "query"])
def test_help_is_given(name: str, capfd: Captured) -> None:
    assert cli.main([name, "--help"]) == 0
    assert "Usage" in capfd.readouterr().out
