"""Is the folder a record that can be trusted, whatever happens to its files?"""

import errno
import os
import socket
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from experiments.sweep.carry_out import Listeners
from experiments.sweep.ledger import Ledger
from experiments.sweep.row import read_rows
from experiments.sweep.seal import TornError
from model.refusal import ScenarioError
from tests.sweep.conftest import VARY, table_in

case, unit = pytest.mark.case, pytest.mark.unit


def chunks_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("runs/*/chunk-*.parquet"))


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def cut_to_nothing(path: Path) -> None:
    path.write_bytes(b"")


def flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 1
    path.write_bytes(content)


def put_another(path: Path) -> None:
    path.write_bytes(next(other for other in chunks_in(path.parents[2]) if other != path).read_bytes())


def put_a_foreign_table(path: Path) -> None:
    pd.DataFrame({"x": [1]}).to_parquet(path)


def put_a_text(path: Path) -> None:
    path.write_text("these are my notes")


@case
@pytest.mark.parametrize("harm", [cut_short, cut_to_nothing, flip_a_bit, put_another, put_a_foreign_table, put_a_text])
def test_a_file_that_is_not_what_its_name_says_is_said_set_aside_and_redone(
    harm, here, tmp_path: Path, whole: pd.DataFrame
) -> None:
    here(tmp_path, chunk_size=3)
    chosen, said = chunks_in(tmp_path)[1], []
    harm(chosen)
    here(tmp_path, chunk_size=3, listeners=Listeners(say=said.append))
    assert len(said) == 1
    assert chosen.name in said[0]
    assert [path.name for path in (tmp_path / "set-aside").rglob("*.parquet*")] == [chosen.name]
    pd.testing.assert_frame_equal(table_in(tmp_path), whole)


@case
def test_a_foreign_file_is_set_aside_and_other_files_of_the_folder_are_left_alone(here, tmp_path: Path) -> None:
    here(tmp_path)
    runs, said = chunks_in(tmp_path)[0].parent, []
    (runs / "notes.txt").write_text("mine")
    (tmp_path / "notes.txt").write_text("mine")
    here(tmp_path, listeners=Listeners(say=said.append))
    assert said == ["notes.txt is no file of a sweep: set aside in set-aside, its runs count as not done"]
    assert (tmp_path / "notes.txt").read_text() == "mine"


@unit
def test_what_a_dead_worker_had_begun_is_removed_and_what_a_living_one_writes_is_not(tmp_path: Path) -> None:
    ledger, host = Ledger(tmp_path, "e"), socket.gethostname().replace(".", "-")
    ledger.runs.mkdir(parents=True)
    writers = [f"{host}.{2**22 + 1}", f"{host}.{os.getpid()}", "other.3"]
    names = [f".chunk-1.parquet.{writer}.aa.part" for writer in writers]
    for name in names:
        (ledger.runs / name).touch()
    ledger.tidy()
    assert sorted(path.name for path in ledger.runs.iterdir()) == sorted(names[1:])


@case
def test_runs_of_an_older_engine_are_told_and_left_alone(here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here(tmp_path)
    before = {path: path.read_bytes() for path in chunks_in(tmp_path)}
    for module in ("carry_out", "work"):
        monkeypatch.setattr(f"experiments.sweep.{module}.engine_of_this_process", lambda: "newengine")
    monkeypatch.setattr("experiments.sweep.work.ready", lambda: "newengine")
    monkeypatch.setattr("experiments.sweep.carry_out.ready", lambda: "newengine")
    course = here(tmp_path)
    assert (course.n_found, course.n_of_other_engines) == (0, 12)
    assert {path: path.read_bytes() for path in before} == before
    assert len(table_in(tmp_path, "newengine")) == 12


@case
def test_an_engine_that_changes_under_a_sweep_stops_it(here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("experiments.sweep.work.ready", lambda: "newengine")
    with pytest.raises(ScenarioError, match="a worker has engine newengine, the sweep"):
        here(tmp_path)
    assert chunks_in(tmp_path) == []


@case
def test_a_full_disk_is_one_clear_error_and_the_sweep_goes_on_later(
    here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: pd.DataFrame
) -> None:
    room, fsync = [12], os.fsync

    def full(descriptor: int) -> None:
        room[0] -= 1
        if room[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(ScenarioError, match=r"cannot go on .*No space left on device.*what is finished is kept") as error:
            here(tmp_path)
    assert "\n" not in str(error.value)
    assert not [path for path in tmp_path.rglob("*") if path.name.endswith(".part")]
    n_kept = sum(len(rows) for path in chunks_in(tmp_path) if (rows := read_rows(path)))
    assert 0 < n_kept < 12
    assert here(tmp_path).n_found == n_kept
    pd.testing.assert_frame_equal(table_in(tmp_path), whole)


@case
def test_a_disk_that_loses_everything_is_no_endless_sweep(here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("experiments.sweep.ledger.Ledger.write", lambda *_: None)
    with pytest.raises(ScenarioError, match="12 runs are not in the folder although workers wrote them"):
        here(tmp_path)


@case
def test_weekly_curves_are_kept_beside_the_runs_and_redone_when_they_are_torn(here, tmp_path: Path) -> None:
    here(tmp_path, said={"weekly": "true", "seeds": "1"}, vary=VARY[:1])
    curves = sorted(tmp_path.glob("weekly/*/*.parquet"))
    assert [path.name for path in curves] == [path.name for path in chunks_in(tmp_path)]
    table = pq.read_table(curves[0])
    assert table.column_names[:3] == ["key", "week_start", "period"]
    assert len(table) == 90
    cut_short(curves[0])
    curves[1].unlink()
    assert here(tmp_path, said={"weekly": "true", "seeds": "1"}, vary=VARY[:1]).n_found == 0
    assert [len(pq.read_table(path)) for path in curves] == [90, 90]


@unit
def test_a_file_that_is_gone_is_no_torn_file(tmp_path: Path) -> None:
    assert read_rows(tmp_path / "chunk-0.parquet") is None
    (tmp_path / "chunk-0.parquet").touch()
    with pytest.raises(TornError):
        read_rows(tmp_path / "chunk-0.parquet")
