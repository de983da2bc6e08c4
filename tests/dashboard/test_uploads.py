"""May a visitor's files be a scenario, and does nothing of them stay or reach beyond itself?"""

import base64
import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from dashboard import address, uploads, worlds
from dashboard import session as sessions
from dashboard.session import Session
from dashboard.uploads import received, scenario_of, take
from model.refusal import ScenarioError

pytestmark = pytest.mark.unit

OWN = b'extends = "huaxi.toml"\ntitle = "Mine"\n[hospital.accredit]\npass_rate = 0.3\n'
DISTRICT = b'extends = "huaxi.toml"\ntitle = "My county"\n[district]\nfolder = "."\n'
TABLES = {name: (worlds.SCENARIOS / "districts" / "qinghe" / name).read_bytes() for name in ("communities.csv", "providers.csv")}


def sent(files: Mapping[str, bytes]) -> list[dict[str, str]]:
    return [{"name": name, "content": base64.b64encode(content).decode()} for name, content in files.items()]


def marks(folder: Path) -> dict[str, str]:
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Whatever happens in a test, the private folder is gone afterwards and the Library is as it was."""
    before = marks(worlds.SCENARIOS)
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []
    assert marks(worlds.SCENARIOS) == before


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A visitor for whom nothing is simulated."""

    def nobody_waits(*_: Any, **__: Any) -> None:
        raise worlds.NotWantedError

    monkeypatch.setattr(sessions.worlds, "world", nobody_waits)
    visitor = Session("en")
    yield visitor
    visitor.stop()


def test_a_scenario_that_extends_one_of_the_library_is_opened(session: Session) -> None:
    base = take(session, sent({"mine.toml": OWN}))
    assert session.choice.scenario == base.name
    assert session.find(base.name).title == "Mine"
    assert session.find(base.name).values["hospital.accredit.pass_rate"] == 0.3
    assert session.room.value == "decide"


def test_equal_uploads_have_one_name(session: Session) -> None:
    names = [take(session, sent({name: OWN})).name for name in ("mine.toml", "yours.toml")]
    assert len(set(names)) == len(session.uploads) == 1


def test_a_district_is_read_whole_before_its_files_go(scratch: Path) -> None:
    scenario = scenario_of({"county.toml": DISTRICT, **TABLES})
    assert list(scratch.iterdir()) == []
    assert scenario.district is not None
    assert scenario.district.n_children == scenario.values["population.n_children"] == 13_510


@pytest.mark.parametrize("folder", ["tables", "a/b", "districts/qinghe"])
def test_the_tables_are_put_where_the_scenario_looks(folder: str) -> None:
    scenario = scenario_of({"county.toml": DISTRICT.replace(b'"."', f'"{folder}"'.encode()), **TABLES})
    assert scenario.district is not None


def test_a_mistake_in_a_table_is_told_by_file_line_and_column() -> None:
    broken = TABLES["communities.csv"].replace(b"\n", b"\nNowhere,x,1,10,10,10,90000,\n", 1)
    with pytest.raises(ScenarioError, match=r"communities\.csv.*line 2.*x_km"):
        scenario_of({"county.toml": DISTRICT, **TABLES, "communities.csv": broken})


def test_a_file_may_stand_in_for_one_of_the_library_without_changing_it() -> None:
    scenario = scenario_of({"huaxi.toml": b"[hospital.accredit]\npass_rate = 0.4\n"})
    assert scenario.values["hospital.accredit.pass_rate"] == 0.4


@pytest.mark.parametrize(
    "name",
    [
        "../mine.toml",
        "/etc/mine.toml",
        "a/b.toml",
        "a\\b.toml",
        ".mine.toml",
        "mine.exe",
        "mine.toml\n",
        "mi\0ne.toml",
        "..toml",
        "",
        "x" * 99 + ".csv",
        "\U00020000" * 80 + ".toml",
    ],
)
def test_only_plain_names_are_taken(name: str) -> None:
    with pytest.raises(ScenarioError, match=r"upload: the name .*plain names"):
        received(sent({name: OWN}))


@pytest.mark.parametrize("name", ["mine.toml", "我的方案 2.toml", "Mine (1).TOML", "communities.CSV"])
def test_names_that_people_give_are_taken(name: str) -> None:
    assert list(received(sent({name: OWN}))) == [name[:-4] + name[-4:].lower()]


@pytest.mark.parametrize(
    "anything",
    [
        None,
        {},
        [],
        "mine.toml",
        3,
        [1],
        [{}],
        [{"name": "a.toml"}],
        [{"name": "a.toml", "content": 3}],
        [None] * 3,
        sent({f"{i}.csv": b"" for i in range(21)}),
    ],
)
def test_what_no_form_could_send_is_refused_in_one_line(anything: object) -> None:
    with pytest.raises(ScenarioError, match="upload"):
        received(anything)


def test_names_are_there_once() -> None:
    with pytest.raises(ScenarioError, match="twice"):
        received([*sent({"a.toml": OWN}), *sent({"a.TOML": OWN})])


def test_two_megabytes_are_the_most_in_all() -> None:
    half = b"x" * (uploads.MOST_BYTES // 2)
    assert received(sent({"a.csv": half, "b.csv": half}))["b.csv"] == half
    with pytest.raises(ScenarioError, match="more than 2,000,000 bytes"):
        received(sent({"a.csv": half, "b.csv": half + b"much"}))


def test_what_is_not_base64_did_not_arrive_whole() -> None:
    with pytest.raises(ScenarioError, match="did not arrive whole"):
        received([{"name": "a.toml", "content": "!!!"}])


@pytest.mark.parametrize("files", [{}, {"a.csv": b""}, {"a.toml": OWN, "b.toml": OWN}])
def test_just_one_scenario_file_is_wanted(files: dict[str, bytes]) -> None:
    with pytest.raises(ScenarioError, match=r"upload: .*allowed is one \.toml"):
        scenario_of(files)


def test_tables_that_no_scenario_asks_for_are_not_passed_over() -> None:
    with pytest.raises(ScenarioError, match="comes with 2 tables but names no district"):
        scenario_of({"mine.toml": OWN, **TABLES})


@pytest.mark.parametrize(
    "text",
    [
        'extends = "../../../../../../etc/passwd"',
        'extends = "/etc/passwd"',
        'extends = "mine.toml"',
        'extends = "../scenarios/../../x.toml"',
        '[district]\nfolder = "/etc"',
        '[district]\nfolder = "../.."',
        '[district]\nfolder = "huaxi.toml"',
        '[district]\nfolder = "huaxi.toml/below"',
        "[district]\nfolder = 3",
        f'[district]\nfolder = "{"x" * 300}"',
        "district = 3",
        "nothing.of = 1",
        "title = " + "[" * 5000,
        "a." * 5000 + "b = 1",
        'title = "endless',
        "\x00\x01",
        "population.n_children = 9" + "9" * 500,
        f'title = "{"x" * 300_000}"',
    ],
)
def test_hostile_files_are_refused_in_one_line_that_tells_no_path(text: str, scratch: Path) -> None:
    with pytest.raises(ScenarioError) as refused:
        scenario_of({"mine.toml": text.encode(), **(TABLES if "district" in text else {})})
    line = str(refused.value)
    assert "\n" not in line
    assert str(scratch) not in line
    assert "alliance-upload" not in line


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ScenarioError, match=r"mine\.toml"):
        scenario_of({"mine.toml": b"\xff\xfe\x00title"})


def test_no_visitor_takes_the_memory_of_the_others() -> None:
    with pytest.raises(ScenarioError, match=r"mine\.toml: has 100,001 children; allowed are 100,000 here"):
        scenario_of({"mine.toml": b"population.n_children = 100001\n"})


def test_a_visit_has_room_for_a_few_scenarios(session: Session) -> None:
    for n in range(uploads.MOST_UPLOADS):
        take(session, sent({"mine.toml": f"hospital.accredit.pass_rate = 0.1{n}\n".encode()}))
    with pytest.raises(ScenarioError, match="allowed are 5 in one visit"):
        take(session, sent({"mine.toml": b"hospital.accredit.pass_rate = 0.2\n"}))
    take(session, sent({"mine.toml": b"hospital.accredit.pass_rate = 0.11\n"}))


def test_going_back_in_the_browser_keeps_an_own_scenario_and_takes_the_levers_back(session: Session) -> None:
    own = take(session, sent({"mine.toml": OWN})).name
    path, query = address.written(session.visit_now()).split("?")
    session.move("fund.surplus.reinvested_share", 0.25)
    session.settle()
    session.visit(*address.written(session.visit_now()).split("?"))
    assert (session.choice.scenario, session.choice.settings) == (own, (("fund.surplus.reinvested_share", 0.25),))
    session.visit(path, query)
    assert (session.choice.scenario, session.choice.settings) == (own, ())


def test_a_refused_upload_changes_nothing(session: Session) -> None:
    before = session.choice
    with pytest.raises(ScenarioError):
        take(session, sent({"mine.toml": b"hospital.accredit.pass_rate = 7\n"}))
    assert (session.choice, session.uploads) == (before, {})
