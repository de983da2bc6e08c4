"""Is what keyboards, spreadsheets and foreign machines add to a table passed over, or read and said to be?"""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from model.district import District
from model.district_check import check_district
from model.district_mistakes import Mistakes
from tests.district.conftest import COMMUNITIES, PROVIDERS, TRAVEL, Write

pytestmark = pytest.mark.case

CHINESE = COMMUNITIES.replace("Upper", "甲街道").replace("Lower", "乙镇").replace("Far", "丙村")


def read(folder: Path) -> District:
    district, mistakes = check_district(folder)
    assert [(one.where(), str(one.found)) for one in mistakes.found] == []
    assert district is not None
    return district


def first_mistake(folder: Path) -> str:
    district, mistakes = check_district(folder)
    assert district is None
    one = mistakes.found[0]
    return f"{one.where()}: {one.found}; {one.allowed}"


# -- files that no person made ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["._communities.csv", "~$providers.xlsx", ".~lock.communities.csv#", ".DS_Store", "Thumbs.db", "desktop.ini",
             "communities.csv~", "__MACOSX", ".communities.csv.swp"],
)  # fmt: skip
def test_what_a_program_left_beside_the_tables_is_passed_over(name: str, written: Write) -> None:
    folder = written()
    before = read(folder)
    (folder / name).write_bytes(b"\x00\x05\x16\x07") if name != "__MACOSX" else (folder / name).mkdir()
    after = read(folder)
    assert after == before
    assert after.remarks == ()


@pytest.mark.parametrize("name", ["Communities.CSV", "COMMUNITIES.csv", "居民点.csv"])
def test_a_table_is_found_whatever_its_capitals_and_language(name: str, written: Write) -> None:
    before, folder = read(written()), written("other")
    (folder / "communities.csv").rename(folder / name)
    assert read(folder) == before


def test_two_files_for_one_table_are_refused(written: Write) -> None:
    folder = written()
    (folder / "居民点.csv").write_text(COMMUNITIES)
    assert "is there as 'communities.csv, 居民点.csv'; allowed is one of them" in first_mistake(folder)


# -- encodings --------------------------------------------------------------------------------------------------------


def test_a_table_in_gb18030_is_read_and_said_to_be(written: Write) -> None:
    plain, district = read(written(communities=CHINESE)), read(written("other", communities=CHINESE.encode("gb18030")))
    assert district == plain
    assert district.fingerprint == plain.fingerprint
    assert len(district.remarks) == 1
    assert "communities.csv was read as GB18030" in str(district.remarks[0])
    assert "'甲街道'" in str(district.remarks[0])


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("name", ["龑村", "𠀀街道", "东门·一号"])
def test_rare_characters_are_read_in_every_encoding(name: str, encoding: str, written: Write) -> None:
    table = CHINESE.replace("甲街道", name)
    assert read(written(communities=table.encode(encoding))).communities[0].name == name


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "mac-roman"])
@pytest.mark.parametrize("name", ["Löwer", "Málaga", "Château"])
def test_latin_letters_are_not_taken_for_chinese(name: str, encoding: str, written: Write) -> None:
    assert "neither UTF-8 nor GB18030" in first_mistake(written(communities=COMMUNITIES.replace("Lower", name).encode(encoding)))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_sixteen_bits_are_named(encoding: str, written: Write) -> None:
    assert "communities.csv: is UTF-16 text; allowed is a table" in first_mistake(written(communities=COMMUNITIES.encode(encoding)))


# -- lines and cells --------------------------------------------------------------------------------------------------


def lines_end_with(end: str) -> Callable[[str], str]:
    return lambda text: text.replace("\n", end)


HARMLESS: dict[str, Callable[[str], str]] = {
    "sep": lambda text: f"sep=,\n{text}",
    "sep in quotes": lambda text: f'"sep=,"\r\n{text}',
    "byte order mark and sep": lambda text: f"\ufeffsep=,\n{text}",
    "lines of an old Mac": lines_end_with("\r"),
    "lines of Windows": lines_end_with("\r\n"),
    "quoted cells": lambda text: "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in text.splitlines()),
    "capital names of columns": lambda text: text.replace("name,x_km,y_km", "Name,X_KM,Y km"),
    "units in brackets": lambda text: text.replace("x_km,y_km", "x_km (km),y_km（公里）"),
    "people in brackets": lambda text: text.replace("children_0_4", "children_0_4(人)"),
    "wide digits": lambda text: text.replace("210,200,180", "２１０,200,１８０"),
    "a wide minus": lambda text: text.replace("Far,-4.0", "Far,−4.0"),
    "a dash for a minus": lambda text: text.replace("Far,-4.0", "Far,–4.0"),
    "spaces that do not break": lambda text: text.replace("210,200", "\u00a0210\u3000,200\u200b"),
    "empty columns and lines at the end": lambda text: "".join(f"{line},,\n" for line in text.splitlines()) + ",,,,\n\n\n",
    "notes of every kind": lambda text: text.replace("by the river", '"-\n+86 28 0000\u3000\u00a0=1+1 @x\x1b"'),
    "a long note": lambda text: text.replace("by the river", "x" * 5_000),
    "Chinese names of columns": lambda text: text.replace("name,x_km", "名称,东西位置"),
    "and Chinese units": lambda text: text.replace("mean_income_yuan", "家庭年均收入(元)"),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_has_no_meaning_is_passed_over_without_a_word(name: str, written: Write) -> None:
    spoiled = HARMLESS[name](COMMUNITIES)
    assert spoiled != COMMUNITIES
    district = read(written(communities=spoiled.encode()))
    assert district == read(written("plain"))
    assert district.remarks == ()


def test_a_title_above_the_header_and_a_total_are_passed_over_and_said_to_be(written: Write) -> None:
    table = f"2024年人口统计表,,,,,,,\n{COMMUNITIES}合计,,,330,300,275,,\n"
    district = read(written(communities=table))
    assert district == read(written("plain"))
    assert [str(one) for one in district.remarks] == [
        "line 1 of communities.csv, '2024年人口统计表' above the header, was passed over",
        "line 6 of communities.csv, '合计', adds up the others and was passed over",
    ]


def test_words_and_kinds_may_be_chinese(written: Write) -> None:
    table = (
        PROVIDERS.replace(",yes,", ",是,")
        .replace(",no,", ",否,")
        .replace(",clinic,", ",诊所,")
        .replace(",centre,", ",社区卫生服务中心,")
    )
    assert read(written(providers=table)) == read(written("plain"))


def test_names_are_the_same_however_their_accents_are_composed(written: Write) -> None:
    tables = [text.replace("Upper", "Málaga Ａ") for text in (COMMUNITIES, PROVIDERS, TRAVEL)]
    composed = unicodedata.normalize("NFD", tables[2]).replace("Ａ", "a")
    district = read(written(communities=tables[0], providers=tables[1], travel=composed))
    assert district.communities[0].name == "Málaga Ａ"
    twice = COMMUNITIES.replace("Upper", "Málaga").replace("Lower", unicodedata.normalize("NFD", "MÁLAGA"))
    assert "as in line 2; allowed is each name once" in first_mistake(written("twice", communities=twice))


# -- hints ------------------------------------------------------------------------------------------------------------

HINTS = {
    "full-width commas": (COMMUNITIES.replace(",", "，"), "has full-width commas between its cells"),
    "degrees": (COMMUNITIES.replace("x_km,y_km", "经度,纬度"), "'经度': is unknown; allowed are km from any origin, no degrees"),
    "degrees in English": (COMMUNITIES.replace("x_km,y_km", "Longitude,Lat"), "'Longitude': is unknown; allowed are km from"),
    "nothing near": (COMMUNITIES.replace("note", "电话"), "is unknown; allowed are name, x_km"),
    "near": (COMMUNITIES.replace("mean_income_yuan", "mean_income"), "the nearest known column is mean_income_yuan"),
    "10,000 yuan in the header": (
        COMMUNITIES.replace("mean_income_yuan", "mean_income_yuan(万元)"),
        "has the unit '万元'; its values are",
    ),
    "10,000 yuan": (COMMUNITIES.replace("100000", "10"), "to 2,000,000 yuan/year, in yuan a year, not in 10,000 yuan"),
    "metres": (COMMUNITIES.replace("Lower,5.0", "Lower,5000"), "in km, not in metres"),
    "an exponent": (COMMUNITIES.replace("100000", "1.0E+05"), "written out, without an exponent"),
    "a date": (COMMUNITIES.replace("90,80,70", "90,5月3日,70"), "and no date"),
    "thousands": (COMMUNITIES.replace("90,80,70", '90,"1,080",70'), "without anything between the thousands"),
    "an error": (COMMUNITIES.replace("100000", "#DIV/0!"), "an error of a spreadsheet"),
}


@pytest.mark.parametrize("name", HINTS)
def test_a_hint_says_what_it_is_and_names_nothing_near_where_nothing_is(name: str, written: Write) -> None:
    table, said = HINTS[name]
    line = first_mistake(written(communities=table))
    assert said in line
    assert ("nearest" in line) == ("nearest" in said)


def test_a_name_of_travel_that_nobody_has_gets_no_nearest_name(written: Write) -> None:
    line = first_mistake(written(travel=TRAVEL.replace("General", "同济医院")))
    assert line.endswith("'同济医院' is no name of providers.csv; allowed is a name of providers.csv")


@pytest.mark.unit
def test_remarks_are_no_part_of_what_the_files_say_and_have_an_end() -> None:
    mistakes = Mistakes()
    for _ in range(1_000):
        mistakes.remark(District((), ()).remarks)  # pyright: ignore[reportArgumentType]
    assert len(mistakes.remarks) <= 20
