"""Does the page tell all that is wrong with an upload, in its own language, without what only a terminal knows?"""

import base64
import re
import string
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import pytest

from dashboard.refused import line_of, mistakes_of, n_mistakes, notices_of, rows_of
from dashboard.rooms.library.shelves import card
from dashboard.texts import Texts
from dashboard.uploads import UploadError, base_of_upload, received, scenario_of
from dashboard.worlds import base
from experiments.district_template import template_files
from experiments.district_workbook import template_workbook
from experiments.refusal_texts import catalogue
from model.district_plausible import warnings_of
from model.refusal import DistrictWarning, ScenarioError, printable
from tests.district.conftest import COMMUNITIES, PROVIDERS, TRAVEL
from tests.district.test_plausible import ODD
from tests.phrases import SPEAKERS, all_texts, texts_in

EN, ZH = Texts("en"), Texts("zh")
DISTRICT = b'extends = "huaxi.toml"\n[district]\nfolder = "."\n'
TABLES = {"communities.csv": COMMUNITIES.encode(), "providers.csv": PROVIDERS.encode()}
ONLY_IN_ENGLISH = {"reason"}
"""What a library or a system says: the page in Chinese leaves it out where it says the same in other words."""
WORDS = re.compile(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}")


def sent(files: dict[str, bytes]) -> list[dict[str, Any]]:
    return [{"name": name, "content": base64.b64encode(content).decode()} for name, content in files.items()]


def refused(files: dict[str, bytes]) -> ScenarioError:
    with pytest.raises(ScenarioError) as caught:
        scenario_of(received(sent(files)))
    return caught.value


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


# -- the catalogue ----------------------------------------------------------------------------------------------------


@pytest.mark.convention
def test_every_refusal_that_an_upload_can_give_has_a_chinese_text() -> None:
    assert all_texts() == set(catalogue())


@pytest.mark.convention
def test_the_texts_of_all_languages_hold_the_same_values() -> None:
    more = "{allowed} (and {n} more: alliance district {folder} lists them)"
    for said, by_language in catalogue().items():
        assert fields(by_language["zh"]) | ONLY_IN_ENGLISH >= fields(said) - ({"folder"} if said == more else set()), said
        assert fields(by_language["zh"]) <= fields(said), said
        assert fields(by_language["en"]) <= fields(said), said
        assert "alliance " not in by_language["zh"], said
        assert "'alliance " not in by_language["en"], said
        assert "alliance district" not in by_language["en"], said


@pytest.mark.convention
def test_who_speaks_of_an_upload_says_nothing_that_cannot_be_translated() -> None:
    plain = re.compile(r'(ScenarioError|CellError|WorkbookError|mistakes\.add)\([^()]*?,\s*f?"[^"]* [^"]*"', re.DOTALL)
    for path in SPEAKERS:
        assert texts_in(path) or path.name in ("district.py", "district_sources.py", "district_names.py", "district_world.py"), path
        for found in plain.finditer(path.read_text(encoding="utf-8")):
            assert path.name == "settings.py", found[0]  # only KEY=VALUE of a command line


# -- all mistakes -----------------------------------------------------------------------------------------------------


@pytest.mark.case
def test_all_mistakes_of_all_files_are_told_in_both_languages() -> None:
    scenario = DISTRICT + b"[hospital.accredit]\npass_rate = 30\npass_rat = 0.1\n[fund]\nnothing = 1\n"
    tables = {
        "communities.csv": COMMUNITIES.replace("90,80,70", "90,-80,70.5").encode(),
        "providers.csv": PROVIDERS.replace("Lin,clinic", "Lin,klinik").encode(),
    }
    error = refused({"mine.toml": scenario, **tables})
    assert n_mistakes(error) == len(mistakes_of(error)) == 6
    english, chinese = rows_of(EN, error), rows_of(ZH, error)
    assert [row["file"] for row in english] == ["mine.toml"] * 3 + ["communities.csv"] * 2 + ["providers.csv"]
    assert [(row["file"], row["line"], row["column"]) for row in english] == [
        (row["file"], row["line"], row["column"]) for row in chinese
    ]
    assert english[0]["allowed"] == "allowed is a number from 0.02 to 0.8: 30 % is written 0.3"
    assert chinese[0]["allowed"] == "应为0.02至0.8之间的数字：30%请写成0.3"
    assert (chinese[3]["line"], chinese[3]["column"], chinese[3]["found"]) == ("3", "children_5_9", "为-80，是负数")
    assert chinese[5]["allowed"].startswith("应为以下之一：centre, clinic, maternal_hospital")
    assert chinese[5]["allowed"].endswith("，最接近的是clinic")
    line = str(error)
    assert line.isprintable()
    for said in ("mine.toml", "communities.csv, line 3, column children_5_9"):  # as far as a line has room
        assert said in line
    assert "alliance district" not in line
    assert tempfile.gettempdir() not in line


CELLS = tomllib.loads((Path(__file__).parents[1] / "district" / "mistakes.toml").read_text(encoding="utf-8"))
TEXTS = {"communities.csv": COMMUNITIES, "providers.csv": PROVIDERS, "travel.csv": TRAVEL}


@pytest.mark.case
@pytest.mark.parametrize("name", CELLS)
def test_a_planted_mistake_is_told_in_chinese(name: str) -> None:
    case = CELLS[name]
    files = TABLES | {case["file"]: TEXTS[case["file"]].replace(case["there"], case["instead"]).encode()}
    for row in rows_of(ZH, refused({"mine.toml": DISTRICT, **files})):
        for said in (row["found"], row["allowed"]):
            assert re.search(r"[\u4e00-\u9fff]", said), said
            assert not WORDS.search(said), said


HOSTILE = {
    "no list": 3,
    "no files": [],
    "a strange name": sent({"../x.toml": b""}),
    "twice": sent({"a.toml": b"", "b.toml": b""}) + sent({"a.toml": b""}),
    "not whole": [{"name": "a.toml", "content": "!!!"}],
    "two scenarios": sent({"a.toml": b"", "b.toml": b""}),
    "no scenario": sent({"a.csv": b""}),
    "no district": sent({"a.toml": b"", **TABLES}),
    "no TOML": sent({"a.toml": b"= 1"}),
    "brackets": sent({"a.toml": b"title = " + b"[" * 50}),
    "no text": sent({"a.toml": b"\xff\xfe"}),
    "a circle": sent({"a.toml": b'extends = "a.toml"'}),
    "a folder": sent({"a.toml": b'[district]\nfolder = "/etc"'}),
    "no tables": sent({"a.toml": DISTRICT}),
    "too many children": sent({"a.toml": b"population.n_children = 100001"}),
    "a date": sent({"a.toml": b'[[change]]\nfrom = "x"'}),
    "a workbook": sent({"a.xlsx": b"PK\x03\x04", "communities.xlsx": b"", "providers.csv": PROVIDERS.encode()}),
}


@pytest.mark.case
@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_is_refused_is_told_in_the_language_of_the_page(name: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        scenario_of(received(HOSTILE[name]))
    english, chinese = line_of(EN, caught.value), line_of(ZH, caught.value)
    assert re.search(r"[\u4e00-\u9fff]", chinese)
    assert not WORDS.search(chinese.partition("：不符合TOML格式")[0]), chinese
    for line in (english, chinese):
        assert line.isprintable()
        assert "'alliance" not in line
        assert tempfile.gettempdir() not in line


@pytest.mark.unit
def test_a_visitor_s_text_is_a_value_and_never_a_text_with_placeholders() -> None:
    name = "{0.__class__} {n} %s $x$ [bold]"
    tables = TABLES | {"travel.csv": TRAVEL.replace("General", name).encode()}
    error = refused({"mine.toml": DISTRICT, **tables})
    assert name in rows_of(ZH, error)[0]["found"]
    assert name in rows_of(EN, error)[0]["found"]


# -- what is read -----------------------------------------------------------------------------------------------------


@pytest.mark.case
def test_a_district_in_gb18030_is_read_and_said_to_be() -> None:
    chinese = {"communities.csv": COMMUNITIES.replace("Upper", "甲街道").encode("gb18030")}
    with pytest.warns(DistrictWarning, match="communities.csv was read as GB18030"):
        scenario = scenario_of(received(sent({"mine.toml": DISTRICT, **TABLES, **chinese})))
    assert scenario.district is not None
    assert scenario.district.communities[0].name == "甲街道"
    said = [("look", {"said": one}) for one in warnings_of(scenario.district)]
    assert notices_of(ZH, said) == [
        "请核对：communities.csv按GB18030编码读取（中文Excel保存CSV时所用）：'甲街道'；如显示为乱码，请另存为“CSV UTF-8”"
    ]
    shown = card(ZH, base_of_upload(scenario), [], _choice())
    assert shown["looks"] == notices_of(ZH, said)


def _choice() -> Any:
    from dashboard.choice import Choice

    return Choice()


@pytest.mark.case
@pytest.mark.parametrize("name", ODD)
def test_what_looks_odd_is_said_in_chinese(name: str) -> None:
    files = {f"{key}.csv": text.encode() for key, text in ODD[name][0].items()}
    with pytest.warns(DistrictWarning):
        scenario = scenario_of({"mine.toml": DISTRICT, **TABLES, **files})
    assert scenario.district is not None
    for line in notices_of(ZH, [("look", {"said": one}) for one in warnings_of(scenario.district)]):
        assert not WORDS.search(line), line
        assert line == printable(line)


@pytest.mark.case
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_template_is_opened_as_it_is_handed_out(language: str) -> None:
    files = {name: content for name, content in template_files(language).items() if not name.endswith(".txt")}
    whole = scenario_of(received(sent(files)))
    alone = scenario_of(received(sent({"地区模板.xlsx": template_workbook(language), "~$地区模板.xlsx": b"lock", "._x.csv": b""})))
    assert whole.district == alone.district
    assert whole.district is not None
    assert whole.district.n_children == 8_020
    assert alone.text_in("title", "zh") == "我的地区"


@pytest.mark.unit
def test_no_scenario_of_the_library_looks_odd() -> None:
    district = base("qinghe").scenario.district
    assert district is not None
    assert warnings_of(district) == ()
    assert issubclass(UploadError, ScenarioError)
