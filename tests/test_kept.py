"""Does this version open what earlier ones wrote: links, scenario files, districts? And does it say what it cannot?

`tests/fixtures/VERSION/` holds what was kept of a version (see tests/fixtures/make.py). A key that has another name today counts
under that; one that is gone must be refused, or left out of a link, by name.
"""

import json
import tomllib
from dataclasses import asdict
from pathlib import Path

import pytest

from dashboard import address, worlds
from model.alliance import AllianceModel
from model.parameters import declarations
from model.renamed import gone, renamed
from model.scenario import Scenario, ScenarioError, load_scenario
from model.settings import read_settings

pytestmark = pytest.mark.case

FIXTURES = Path(__file__).parent / "fixtures"
VERSIONS = sorted(path.parent for path in FIXTURES.glob("*/links.json"))
LINKS = {
    f"{folder.name}: {name}": said for folder in VERSIONS for name, said in json.loads((folder / "links.json").read_text()).items()
}
FILES = [file for folder in VERSIONS for file in sorted((folder / "scenarios").glob("**/*.toml"))]
TEXTS = {"title", "question", "because", "group"}


def test_something_was_kept():
    assert len(VERSIONS) >= 1
    assert len(LINKS) >= 12
    assert len(FILES) >= 10


# -- links -------------------------------------------------------------------------------------------------------------


def as_today(settings: list) -> list:
    return sorted([renamed().get(key, key), value] for key, value in settings if key not in gone())


@pytest.mark.parametrize("said", LINKS.values(), ids=LINKS)
def test_a_link_of_an_earlier_version_opens_what_it_opened_then(said):
    path, _, query = said["address"].partition("?")
    visit = address.read(path, query, lambda name: worlds.base(name).scenario)
    found, choice = json.loads(json.dumps(asdict(visit))), said["choice"]
    lost = {key for one in (choice, *choice["kept"]) for key, _ in one["settings"] if key in gone()}
    assert {note["key"] for name, note in visit.notices if name == "gone"} == lost
    assert [name for name, _ in visit.notices if name != "gone"] == []
    expected = choice | {"settings": as_today(choice["settings"])}
    expected["kept"] = [one | {"settings": as_today(one["settings"])} for one in choice["kept"]]
    assert found["choice"] == expected
    for part in ("room", "language", "places"):
        assert found[part] == said[part]
    assert {key: found["link"][key] for key in ("engine", "result")} == {key: said["link"][key] for key in ("engine", "result")}
    assert found["link"]["was"] == pytest.approx(said["link"]["was"], rel=1e-5)


# -- scenario files ----------------------------------------------------------------------------------------------------


def flat(table: dict, prefix: str = "") -> dict[str, float]:
    """Dotted keys of a file's tables, read without the project's own reader."""
    found = {}
    for name, value in table.items():
        found |= flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {f"{prefix}{name}": value}
    return {key: value for key, value in found.items() if "." in key}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(FIXTURES).as_posix())
def test_a_scenario_file_of_an_earlier_version_says_what_it_said_then(file):
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    start = flat({name: table for name, table in tables.items() if name not in ("zh", "district", "change")})
    dated = [(change["from"], flat(change)) for change in tables.get("change", [])]
    lost = [key for settings in (start, *(one for _, one in dated)) for key in settings if key in gone()]
    if lost:
        with pytest.raises(ScenarioError, match=f"{file.name}: {lost[0]} is gone; since version"):
            load_scenario(file)
        return
    scenario = load_scenario(file)
    assert start.items() <= ({key: scenario.values[renamed().get(key, key)] for key in start}).items()
    last = scenario.changes[len(scenario.changes) - len(dated) :]
    assert [(day, {renamed().get(key, key): value for key, value in settings.items()}) for day, settings in dated] == list(last)
    assert {name: tables[name] for name in TEXTS & set(tables)}.items() <= vars(scenario).items()
    assert scenario.policy_years == tables.get("policy_years", scenario.policy_years)
    assert (scenario.district is not None) == ("district" in tables)


@pytest.mark.parametrize("name", ["my_policy", "qinghe"])
def test_a_world_of_a_kept_file_runs(name):
    file = next(file for file in FILES if file.stem == name)
    settings = {} if name == "qinghe" else {"population.n_children": 300}
    assert AllianceModel(file, settings=settings).run_until(60).weekly()["n_visits"].sum() > 0


# -- names -------------------------------------------------------------------------------------------------------------


def test_every_old_name_leads_to_a_key_of_today_and_is_none_itself():
    assert set(renamed().values()) <= set(declarations())
    assert not (set(renamed()) | set(gone())) & set(declarations())
    assert not set(renamed()) & set(gone())


@pytest.fixture
def written(tmp_path):
    """A scenario file with this text."""

    def write(text: str) -> Scenario:
        file = tmp_path / "old.toml"
        file.write_text(text, encoding="utf-8")
        return load_scenario(file)

    return write


OLD, NEW = "fund.surplus.subsidy_yuan", "government.subsidise.yuan_per_year"


def test_an_old_name_is_read_as_the_new_one_in_files_on_lines_and_in_links(written):
    scenario = written(
        "fund.surplus.subsidy_yuan = 5.0\n[[change]]\nfrom = 2021-01-04\n[change.fund.surplus]\nsubsidy_yuan = 7.0\n"
    )
    assert scenario.values[NEW] == 5.0
    assert scenario.changes[0][1] == {NEW: 7.0}
    assert read_settings([f"{OLD}=9"], "--set") == {NEW: 9.0}
    assert scenario.with_settings({OLD: 11.0}).values[NEW] == 11.0
    visit = address.read("/", f"{OLD}=12", lambda name: worlds.base(name).scenario)
    assert visit.choice.settings == ((NEW, 12.0),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[fund.surplus]\nshare_for_capacity = 0.5",
            "old.toml: fund.surplus.share_for_capacity is gone; since version 0.2.0: where",
        ),
        (f"{OLD} = 1.0\n{NEW} = 2.0", f"old.toml: {NEW} is given twice, once by its old name"),
        (f"{OLD} = -1.0", f"old.toml: {NEW} is -1.0, out of range"),
    ],
)
def test_what_cannot_be_read_any_more_is_said(written, text, said):
    with pytest.raises(ScenarioError, match=said):
        written(text)


def test_a_link_says_which_setting_is_gone_and_keeps_the_rest():
    query = "fund.surplus.share_for_capacity=0.5&hospital.accredit.pass_rate=0.3"
    visit = address.read("/", query, lambda name: worlds.base(name).scenario)
    assert visit.notices == (("gone", {"key": "fund.surplus.share_for_capacity"}),)
    assert visit.choice.settings == (("hospital.accredit.pass_rate", 0.3),)
