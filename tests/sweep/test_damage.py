"""Is no damaged file accepted, by a sweep, a query or the Sweeps room, and do old folders still open?"""

import json
import shutil
from pathlib import Path
from random import Random

import pyarrow.parquet as pq
import pytest

import cli
from experiments.sweep.carry_out import carry_out
from experiments.sweep.files import content_of, is_there, move, paths_in, remove, stamp_of
from experiments.sweep.folder import read_folder
from experiments.sweep.ledger import Ledger
from experiments.sweep.listeners import Listeners
from experiments.sweep.means import Means
from experiments.sweep.query import query
from experiments.sweep.row import has_our_columns, read_rows, table_in
from experiments.sweep.seal import TornError, check_seal
from experiments.sweep.verify import verified
from model.refusal import ScenarioError
from tests.sweep import damage, situations
from tests.sweep.conftest import ROOT

case, unit = pytest.mark.case, pytest.mark.unit
OLD = ROOT / "tests" / "fixtures" / "sweep-0.1"
OLD_HASHES = {("0.1", 1): "ok", ("0.1", 2): "ok", ("0.5", 1): "ok", ("0.5", 2): "ok"}


@pytest.fixture
def made_up():
    """Runs are not simulated."""
    with situations.without_simulation():
        yield


def chunks_in(folder: Path, kind: str = "runs") -> list[Path]:
    return sorted(folder.glob(f"{kind}/*/chunk-*"))


def flip(path: Path, at: int = -20) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 4
    path.write_bytes(content)


@case
def test_no_flipped_bit_and_no_cut_is_accepted(made_up, tmp_path: Path) -> None:
    assert damage.accepted(tmp_path, n_bits=200, n_cuts=50) == []


@case
@pytest.mark.slow
def test_none_of_two_thousand_flipped_bits_and_five_hundred_cuts_is_accepted(made_up, tmp_path: Path) -> None:
    assert damage.accepted(tmp_path, n_bits=2_000, n_cuts=500) == []


@case
def test_a_bit_that_renames_a_column_is_found_and_its_runs_are_done_again(made_up, tmp_path: Path) -> None:
    situations.sweep(tmp_path, weekly="true")
    before = situations.state_of(tmp_path)["table"]
    for kind in ("runs", "weekly"):
        path, said = chunks_in(tmp_path, kind)[0], []
        flip(path, path.read_bytes().rindex(b"key"))
        situations.sweep(tmp_path, said.append, weekly="true")
        assert len(said) == 1
        assert said[0].startswith(f"{path.name} is damaged: its content has another hash")
        assert [moved.parent.parent.name for moved in tmp_path.glob("set-aside/*/*/*")].count(kind) == 1
    assert situations.state_of(tmp_path)["table"] == before


@case
def test_a_query_and_the_room_leave_damaged_files_out_and_say_so(made_up, tmp_path: Path, capfd, monkeypatch) -> None:
    from dashboard.rooms.sweeps.found import listed, opened

    folder = tmp_path / "one"
    situations.sweep(folder, weekly="true")
    lost = [chunks_in(folder)[0], chunks_in(folder, "weekly")[1]]
    for path in lost:
        flip(path)
    before = situations.bytes_of(folder)
    assert cli.main(["query", str(folder), "select count(*) as n from runs", "--csv"]) == 0
    found = capfd.readouterr()
    assert found.out == "\ufeffn\n1\n"
    assert found.err.count("\n") == 1
    assert f"1 damaged files are left out ({lost[0].name})" in found.err
    assert cli.main(["query", str(folder), "select count(*) as n from weekly", "--csv"]) == 0
    assert capfd.readouterr().out == "\ufeffn\n0\n"  # of the other run
    monkeypatch.setenv("ALLIANCE_SWEEPS", str(tmp_path))
    assert [one.problem for one in listed()] == [""]
    sweep = opened("one")
    assert sweep is not None
    assert (sweep.n_runs, sweep.n_damaged, sweep.n_unverified) == (1, 1, 0)
    assert situations.bytes_of(folder) == before
    flip(chunks_in(folder)[1])
    with pytest.raises(ScenarioError, match="holds 2 damaged files and no others"):
        query(folder, "select 1 from runs")


@case
@pytest.mark.parametrize("name", ["sweep.toml", "scenario.toml"])
def test_a_changed_file_of_the_folder_is_refused(name: str, made_up, tmp_path: Path) -> None:
    situations.sweep(tmp_path)
    content = (tmp_path / name).read_text()
    changed = content.replace("weeks = 90", "weeks = 91").replace("premium_yuan = 60.0", "premium_yuan = 61.0")
    assert changed != content
    (tmp_path / name).write_text(changed)
    for action in (situations.sweep, situations.plan, situations.ask):
        with pytest.raises(ScenarioError, match=f"{name}: was changed or damaged since"):
            action(tmp_path)


@case
def test_a_file_that_cannot_be_read_stops_in_one_line_and_is_not_moved(made_up, tmp_path: Path, monkeypatch) -> None:
    situations.sweep(tmp_path)
    chosen, read = chunks_in(tmp_path)[0], Path.read_bytes

    def failing(path: Path) -> bytes:
        if path == chosen:
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    before = situations.bytes_of(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", failing)
        for action in (situations.sweep, situations.plan, situations.ask):
            with pytest.raises(
                ScenarioError, match=r"cannot be read \(Permission denied\); allowed is a folder whose files can be read"
            ):
                action(tmp_path)
    assert situations.bytes_of(tmp_path) == before


@case
def test_a_plan_moves_and_writes_nothing(made_up, tmp_path: Path) -> None:
    situations.begun(tmp_path)
    before, said = situations.bytes_of(tmp_path), []
    situations.plan(tmp_path, said.append)
    assert situations.bytes_of(tmp_path) == before
    assert [line.partition(" is damaged")[0] for line in said] == [path.name for path in chunks_in(tmp_path) if not is_whole(path)]


@unit
def test_a_file_of_another_table_is_no_chunk(made_up, tmp_path: Path) -> None:
    situations.begun(tmp_path / "begun")
    path = next(path for path in chunks_in(tmp_path / "begun") if is_whole(path))
    table = pq.read_table(path).replace_schema_metadata(None)
    names = ["seeed" if name == "seed" else name for name in table.column_names]
    assert has_our_columns(table.schema)
    assert not has_our_columns(table.rename_columns(names).schema)
    assert not has_our_columns(table.drop_columns(["seconds"]).schema)
    pq.write_table(table.rename_columns(names), tmp_path / "chunk-0.parquet")
    with pytest.raises(TornError, match="does not have the columns"):
        read_rows(tmp_path / "chunk-0.parquet")


def is_whole(path: Path) -> bool:
    try:
        return table_in(path) is not None
    except TornError:
        return False


@unit
@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1PAR1", b"\0" * 60, b"\xff" * 100])
def test_no_odd_bytes_pass_the_seal(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(TornError):
        check_seal(content)
    (tmp_path / "chunk-0.parquet").write_bytes(content)
    with pytest.raises(TornError):
        table_in(tmp_path / "chunk-0.parquet")


@case
def test_damage_to_a_file_without_a_hash_is_a_torn_file_or_a_whole_table(tmp_path: Path) -> None:
    path, die = next(OLD.glob("runs/*/*")), Random(1)
    content = path.read_bytes()
    for _ in range(150):
        odd = bytearray(content)
        odd[die.randrange(len(odd))] ^= 1 << die.randrange(8)
        (tmp_path / path.name).write_bytes(odd)
        try:
            table = read_rows(tmp_path / path.name)
        except TornError:
            continue
        assert table is not None
        assert has_our_columns(table.schema)


@case
def test_a_folder_of_version_0_1_opens_and_is_said_to_be_unverified(capfd, monkeypatch) -> None:
    from dashboard.rooms.sweeps.found import opened

    before = situations.bytes_of(OLD)
    sql = "select hospital.accredit.pass_rate as rate, seed, status from runs order by all"
    assert cli.main(["query", str(OLD), sql, "--json"]) == 0
    found = capfd.readouterr()
    assert {(str(row["rate"]), row["seed"]): row["status"] for row in json.loads(found.out)} == OLD_HASHES
    assert (
        found.err
        == "alliance: 2 files are of version 0.1, which kept no hash of their content: they are read, but cannot be verified\n"
    )
    assert query(OLD, "select count(*) as n from weekly")["n"].tolist() == [16]
    assert verified(OLD, "weekly").n_unverified == 2
    monkeypatch.setenv("ALLIANCE_SWEEPS", str(OLD.parent))
    sweep = opened(OLD.name)
    assert sweep is not None
    assert (sweep.n_runs, sweep.n_unverified) == (4, 2)
    assert read_folder(OLD).n_runs == 4
    assert situations.bytes_of(OLD) == before


@case
def test_runs_of_version_0_1_are_found_and_not_moved(monkeypatch) -> None:
    monkeypatch.setattr("experiments.sweep.row.has_our_columns", lambda _: True)  # their engine had the columns of its day
    said: list[str] = []
    ledger = Ledger(OLD, next((OLD / "runs").iterdir()).name, is_weekly=True, say=said.append)
    assert (len(ledger.news()), ledger.n_unverified(), said) == (4, 2, [])


@case
def test_a_sweep_goes_on_in_a_folder_of_version_0_1(made_up, tmp_path: Path, monkeypatch) -> None:
    folder = tmp_path / "old"
    for name in ("carry_out.engine_of_this_process", "carry_out.ready", "work.ready"):
        monkeypatch.setattr(f"experiments.sweep.{name}", lambda: "newengine")
    shutil.copytree(OLD, folder)
    means = Means(n_workers=1, executor=situations.AtOnce())
    course = carry_out(read_folder(folder), "x", folder, means, Listeners())
    assert (course.n_runs, course.n_found, course.n_of_other_engines) == (4, 0, 4)
    assert query(folder, "select count(*) as n from all_runs")["n"].tolist() == [8]
    assert 'source = "scenarios/huaxi.toml"' in (folder / "sweep.toml").read_text()


@unit
def test_what_is_not_there_is_an_answer_and_no_name_is_taken_twice(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    assert (content_of(gone), stamp_of(gone), is_there(gone), paths_in(gone)) == (None, None, False, [])
    remove(gone)
    assert not move(gone, tmp_path / "aside")
    for _ in range(2):
        (tmp_path / "a").write_text("x")
        assert move(tmp_path / "a", tmp_path / "aside")
    assert [path.name for path in paths_in(tmp_path / "aside")] == ["a", "a.1"]
