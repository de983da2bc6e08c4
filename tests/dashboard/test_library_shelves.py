"""Does the Library show every scenario there is, name none, and find them by their words?"""

import shutil
from pathlib import Path
from typing import Any

import pytest

from dashboard import worlds
from dashboard.choice import Choice, Kept
from dashboard.rooms.library.shelves import LONGEST_NAME, Found, found_scenarios, kept_name, shelves
from dashboard.texts import Texts
from dashboard.worlds import Base

pytestmark = pytest.mark.unit

USUAL = Choice()
EN, ZH = Texts("en"), Texts("zh")


def shown(texts: Texts = EN, searched: str = "", choice: Choice = USUAL, own: tuple[Base, ...] = ()) -> dict[str, Any]:
    return shelves(texts, found_scenarios(), own, worlds.base(), choice, searched)


def cards(shown: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {card["name"]: card for group in shown["groups"] for card in group["cards"]}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of scenarios with the case alone."""
    shutil.copy(worlds.SCENARIOS / "huaxi.toml", tmp_path)
    monkeypatch.setattr(worlds, "SCENARIOS", tmp_path.resolve())
    return tmp_path


def test_every_scenario_file_is_there_once_and_no_sweep() -> None:
    names = {path.relative_to(worlds.SCENARIOS).with_suffix("").as_posix() for path in worlds.SCENARIOS.rglob("*.toml")}
    assert set(cards(shown())) == {name for name in names if not name.startswith("sweeps/")}
    assert shown()["broken"] == []


def test_a_new_file_of_a_new_group_appears_by_itself(folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "fresh-shelf.toml").write_text('title = "Fresh"\ngroup = "night_shifts"\n', encoding="utf-8")
    last = shown()["groups"][-1]
    assert (last["title"], [card["name"] for card in last["cards"]]) == ("Night shifts", ["deep/fresh-shelf"])


def test_a_broken_file_is_listed_with_its_line_and_the_others_stay(folder: Path) -> None:
    (folder / "torn-shelf.toml").write_text("hospital.accredit.pass_rate = 7\n", encoding="utf-8")
    (folder / "no-toml-shelf.toml").write_text("what?", encoding="utf-8")
    found = shown()
    assert [file["name"] for file in found["broken"]] == ["no-toml-shelf.toml", "torn-shelf.toml"]
    assert "torn-shelf.toml: hospital.accredit.pass_rate" in found["broken"][1]["problem"]
    assert found["n"] == 1


def test_differences_are_told_by_name_with_both_values_and_the_day() -> None:
    found = cards(shown())
    assert found["no_alliance"]["others"] == [
        f"{EN.name_of(key)}: off instead of on" for key in ("fund.plan.is_running", "hospital.accredit.is_running")
    ]
    assert all(other.endswith("from 28 December 2020") for other in found["mature_alliance"]["others"])
    assert found["huaxi"]["others"] == []


def test_the_driver_of_a_reading_comes_before_what_hardly_differs() -> None:
    others = cards(shown())["readings/unrecorded_advice"]["others"]
    assert any(other.startswith(EN.name_of("doctor.record_referral.p_recorded")) for other in others[:3])


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("COUNTERFACTUAL", "no_alliance"),
        ("反事实", "no_alliance"),
        ("fund running", "loose_alliance"),
        ("基金 松散", "loose_alliance"),
    ],
)
def test_words_find_a_scenario_in_either_language(words: str, name: str) -> None:
    for texts in (EN, ZH):
        assert name in cards(shown(texts, words))


def test_words_that_nothing_has_find_nothing() -> None:
    assert shown(searched="zebra " * 50)["n"] == 0


def test_own_scenarios_come_first_and_are_found_too() -> None:
    scenario = worlds.base().scenario.with_settings({"hospital.accredit.pass_rate": 0.3})
    own = worlds.base_of("upload-1", scenario)
    first = shown(own=(own,))["groups"][0]
    assert (first["name"], first["cards"][0]["name"]) == ("own", "upload-1")


def test_what_is_open_and_what_is_kept_is_said() -> None:
    kept = (Kept("No alliance", "no_alliance"), Kept("Strict", "loose_alliance", (("hospital.accredit.pass_rate", 0.05),)))
    found = cards(shown(choice=Choice(scenario="qinghe", kept=kept)))
    assert [name for name, card in found.items() if card["is_open"]] == ["qinghe"]
    assert [name for name, card in found.items() if card["is_kept"]] == ["no_alliance"]


def test_a_kept_name_fits_into_an_address(folder: Path) -> None:
    (folder / "long-shelf.toml").write_text(f'title = "A|B~{"x" * 200}"\n', encoding="utf-8")
    name = kept_name(EN, worlds.base("long-shelf"))
    assert name.startswith("A/B-x")
    assert len(name) == LONGEST_NAME


def test_chinese_is_said_in_chinese() -> None:
    assert cards(shown(ZH))["no_alliance"]["title"] == "没有医联体"
    assert Found("x").problem is None
