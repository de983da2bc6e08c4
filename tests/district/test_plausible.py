"""Is a district that breaks no rule and cannot be right named by the figure that looks odd, and run all the same?"""

import re
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

import alliance
import cli
from model.district import District
from model.district_check import check_district
from model.district_plausible import CHECKS, warnings_of
from model.refusal import DistrictWarning
from tests.district.conftest import COMMUNITIES, PROVIDERS, TRAVEL, Write

ROOT = Path(__file__).resolve().parents[2]


def moved(table: str, move: Callable[[float, float], tuple[float, float]]) -> str:
    """A table with other positions."""
    lines = [line.split(",") for line in table.splitlines()]
    x = lines[0].index("x_km")
    for cells in lines[1:]:
        cells[x : x + 2] = (f"{value:.5f}" for value in move(float(cells[x]), float(cells[x + 1])))
    return "\n".join(map(",".join, lines))


def changed(table: str, column: str, change: Callable[[float], str]) -> str:
    """A table with other numbers in a column."""
    lines = [line.split(",") for line in table.splitlines()]
    at = lines[0].index(column)
    for cells in lines[1:]:
        cells[at] = change(float(cells[at]))
    return "\n".join(map(",".join, lines))


def everywhere(move: Callable[[float, float], tuple[float, float]]) -> dict[str, str]:
    return {"communities": moved(COMMUNITIES, move), "providers": moved(PROVIDERS, move)}


TOTAL = COMMUNITIES + "Whole county,3.0,3.0,330,300,275,90000,\n"
ADDED_UP = COMMUNITIES.replace("210,200,180", "210,410,590").replace("90,80,70", "90,170,240").replace("30,20,25", "30,50,75")
FEW = COMMUNITIES.replace("210,200,180", "70,66,60").replace("90,80,70", "3,2,2").replace("30,20,25", "1,1,1")
IN_HOURS = re.sub(r"\b\d+\b", lambda minutes: f"{int(minutes[0]) / 60:.2f}", TRAVEL)
ODD: dict[str, tuple[dict[str, str], str]] = {
    "degrees": (
        everywhere(lambda x, y: (116.3 + x / 85, 39.9 + y / 111)),
        "within 0.2 km of each other at about 116, 40: are these degrees",
    ),
    "latitude first": (
        everywhere(lambda x, y: (39.9 + y / 111, 116.3 + x / 85)),
        "about 40, 116: are these degrees? 1 degree of latitude is 111 km, of longitude 85 km",
    ),
    "degrees of elsewhere": (everywhere(lambda x, y: (-4.4 + x / 89, 36.7 + y / 111)), "at about -4, 37: are these degrees"),
    "metres": (everywhere(lambda x, y: (x * 40, y * 40)), "lie up to 520 km apart: are these metres"),
    "one point": (everywhere(lambda x, y: (0, 0)), "all 10 places stand in one point"),
    "a month's income": (
        {"communities": changed(COMMUNITIES, "mean_income_yuan", lambda yuan: f"{yuan / 12:.0f}")},
        "mean income is 7,546 yuan: a household's yearly income? The case's is 120,000",
    ),
    "income of a street": (
        {"communities": changed(COMMUNITIES, "mean_income_yuan", lambda yuan: f"{yuan * 10:.0f}")},
        "mean income is 905,525 yuan",
    ),
    "a month in one line": (
        {"communities": COMMUNITIES.replace("80000", "6500")},
        "the income of Lower is 6,500 yuan, the middle one of the others 75,000",
    ),
    "a total": ({"communities": TOTAL}, "Whole county has 905 children, as many as all others together"),
    "ages added up": ({"communities": ADDED_UP}, "% of the children stand in children_10_14"),
    "children in tens": ({"communities": FEW}, "9 family doctors for 206 children, 44 for 1,000: is every child counted"),
    "all residents": (
        {"communities": COMMUNITIES.replace("210,200,180", "21000,20000,18000")},
        "family doctors for 59,315 children, 0.15 for 1,000: are only children counted",
    ),
    "registration fees": (
        {"providers": changed(PROVIDERS, "fee_yuan", lambda yuan: f"{yuan / 20:.2f}")},
        "a visit costs 7.07 yuan in the mean of kind centre",
    ),
    "hours": ({"travel": IN_HOURS}, "travel takes 0.4 minutes in the mean"),
}


def of(folder: Path) -> District:
    district, mistakes = check_district(folder)
    assert mistakes.n == 0
    assert district is not None
    return district


@pytest.mark.case
@pytest.mark.parametrize("name", ODD)
def test_the_figure_that_looks_odd_is_named(name: str, written: Write) -> None:
    files, said = ODD[name]
    assert said in " | ".join(map(str, warnings_of(of(written(**files)))))


@pytest.mark.case
def test_every_check_has_a_district_that_it_warns_of(written: Write) -> None:
    districts = [of(written(f"folder-{n}", **files)) for n, (files, _) in enumerate(ODD.values())]
    assert [check.__name__ for check in CHECKS if not any(list(check(district)) for district in districts)] == []


@pytest.mark.case
def test_what_is_usual_is_not_warned_of(written: Write) -> None:
    for folder in (written(), written("travel", travel=TRAVEL), ROOT / "scenarios" / "districts" / "qinghe"):
        assert warnings_of(of(folder)) == ()


@pytest.mark.case
@pytest.mark.parametrize("from_origin", [0.0, 7.5])
def test_a_real_district_of_one_street_is_not_warned_of(from_origin: float, written: Write) -> None:
    street = everywhere(lambda x, y: (from_origin + x / 20, from_origin + y / 100))
    assert warnings_of(of(written(**street))) == ()


@pytest.mark.case
def test_terminal_and_python_say_it_and_go_on(written: Write, capfd: pytest.CaptureFixture[str]) -> None:
    folder = written(**ODD["a month's income"][0])
    assert cli.main(["district", str(folder)]) == 0
    assert "Look at this: the mean income is 7,546 yuan" in " ".join(capfd.readouterr().out.split())
    assert cli.main(["district", str(folder), "--json"]) == 0
    assert "the mean income is 7,546" in capfd.readouterr().out
    assert cli.main(["run", str(folder / "district.toml"), "--weeks", "2", "--json"]) == 0
    told = capfd.readouterr()
    assert told.out.startswith("{")
    assert told.err.count("alliance: look at this: the mean income is 7,546 yuan") == 1
    with pytest.warns(DistrictWarning, match="the mean income is 7,546 yuan"):
        alliance.load(folder / "district.toml")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        alliance.load(written("plain") / "district.toml")
