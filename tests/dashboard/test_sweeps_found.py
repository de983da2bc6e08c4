"""Are sweeps of the folder found and read, and nothing else, and is nothing in it touched?"""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard import session as sessions
from dashboard import worlds
from dashboard.rooms.sweeps import found
from dashboard.rooms.sweeps.found import listed, opened
from dashboard.rooms.sweeps.look import read_points, view_of
from dashboard.rooms.sweeps.points import points_of
from dashboard.rooms.sweeps.sweep import open_point
from dashboard.session import Session
from experiments.sweep import sweep
from model.refusal import ScenarioError

pytestmark = pytest.mark.unit

PASS, PUT_BACK = "hospital.accredit.pass_rate", "fund.surplus.reinvested_share"
VARY = {PASS: [0.1, 0.4], PUT_BACK: [0.0, 1.0]}


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small sweep, a broken one, and what is no sweep."""
    folder = tmp_path_factory.mktemp("sweeps")
    with ThreadPoolExecutor(1) as executor:
        path = str(worlds.SCENARIOS / "huaxi.toml")
        sweep(path, VARY, seeds=2, children=300, workers=1, on=executor, out=folder / "good")
    (folder / "broken").mkdir()
    (folder / "broken" / "sweep.toml").write_text("what?", encoding="utf-8")
    (folder / "empty").mkdir()
    (folder / "notes.txt").write_text("notes", encoding="utf-8")
    outside = tmp_path_factory.mktemp("outside")
    (outside / "sweep.toml").write_text("secret", encoding="utf-8")
    (folder / "elsewhere").symlink_to(outside)
    return folder


@pytest.fixture(autouse=True)
def here(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The folder of sweeps; no test changes it."""
    monkeypatch.setenv("ALLIANCE_SWEEPS", str(root))
    before = marks(root)
    yield
    assert marks(root) == before


def marks(folder: Path) -> dict[str, str]:
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_sweeps_are_listed_and_what_leads_elsewhere_is_not() -> None:
    assert [one.name for one in listed()] == ["broken", "good"]
    broken, good = listed()
    assert "sweep.toml" in broken.problem
    assert (good.title, good.keys, good.n_points, good.n_seeds, good.problem) == ("The Huaxi alliance", (PASS, PUT_BACK), 4, 2, "")


@pytest.mark.parametrize("name", ["..", ".", "/", "empty", "notes.txt", "elsewhere", "good/runs", "../sweeps", ""])
def test_only_what_is_listed_is_opened(name: str) -> None:
    assert opened(name) is None


def test_a_folder_that_is_not_there_holds_no_sweeps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ALLIANCE_SWEEPS", str(tmp_path / "nowhere"))
    assert listed() == []


def test_an_open_sweep_has_its_values_seeds_and_rows() -> None:
    good = opened("good")
    assert good is not None
    assert good.vary == {PASS: (0.1, 0.4), PUT_BACK: (0.0, 1.0)}
    assert (good.n_seeds, good.n_runs, good.n_failed) == (2, 8, 0)
    points = points_of(good.rows(["share_referred"]), good.keys, "share_referred")
    assert [point.values for point in points] == [(0.1, 0.0), (0.1, 1.0), (0.4, 0.0), (0.4, 1.0)]
    assert good.usual() == {PASS: 0.1, PUT_BACK: 0.5}


def test_a_broken_sweep_is_refused_in_one_line() -> None:
    with pytest.raises(ScenarioError, match=r"sweep\.toml"):
        opened("broken")


def test_a_sweep_that_is_too_large_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "MOST_RUNS", 7)
    with pytest.raises(ScenarioError, match=r"good: holds 8 runs; allowed are 7 here.*alliance query"):
        opened("good")


def test_a_figure_that_cannot_be_read_is_a_refusal_and_not_the_end_of_the_page() -> None:
    good = opened("good")
    assert good is not None
    points, unread = read_points(good, "share_of_another_engine")
    assert points == []
    assert "share_of_another_engine" in unread
    assert view_of(good, points, "share_referred", "", "", "").across == PASS


def test_what_an_address_says_and_a_sweep_has_not_is_passed_over() -> None:
    good = opened("good")
    assert good is not None
    points = points_of(good.rows(["share_referred"]), good.keys, "share_referred")
    view = view_of(good, points, "share_referred", "../etc", PASS, "x~y|~|hospital.accredit.pass_rate~nan")
    assert (view.across, view.down, view.held) == (PASS, PUT_BACK, {})
    assert view_of(good, points, "share_referred", PUT_BACK, "", "").down == PASS


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    def nobody_waits(*_: Any, **__: Any) -> None:
        raise worlds.NotWantedError

    monkeypatch.setattr(sessions.worlds, "world", nobody_waits)
    visitor = Session("en")
    yield visitor
    visitor.stop()


def test_a_point_opens_the_very_scenario_of_the_sweep(session: Session) -> None:
    good = opened("good")
    assert good is not None
    open_point(session, good, {PASS: 0.4, PUT_BACK: 0.0})
    assert session.base().n_children == 300
    assert dict(session.choice.settings) == {PASS: 0.4, PUT_BACK: 0.0}


def test_a_point_of_the_librarys_scenario_opens_that(session: Session) -> None:
    good = opened("good")
    assert good is not None
    known = replace(good, frame=replace(good.frame, scenario=worlds.base().scenario))
    open_point(session, known, {PASS: 0.1, PUT_BACK: 0.0})
    assert session.choice.scenario == "huaxi"
    assert dict(session.choice.settings) == {PUT_BACK: 0.0}


def test_a_sweep_of_too_many_children_does_not_open_in_decide(session: Session) -> None:
    good = opened("good")
    assert good is not None
    large = good.frame.scenario.with_settings({worlds.CHILDREN: 100_001})
    with pytest.raises(ScenarioError, match="100,001 children"):
        open_point(session, replace(good, frame=replace(good.frame, scenario=large)), {PASS: 0.4})
