"""Is every mistake in a district's files named by file, line and column, in one line, with what is allowed?

A case is one cell or one line of the small district that is changed, and what the refusal must say.
"""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cli
from model.district_check import check_district
from model.district_columns import COLUMNS
from model.district_file import LARGEST_FILE
from model.refusal import LONGEST_LINE, ScenarioError
from model.scenario import load_scenario
from tests.district.conftest import COMMUNITIES, PROVIDERS, TRAVEL, Write

C, P, T = "communities.csv", "providers.csv", "travel.csv"
TEXTS = {C: COMMUNITIES, P: PROVIDERS, T: TRAVEL}

CELLS = tomllib.loads((Path(__file__).parent / "mistakes.toml").read_text(encoding="utf-8"))

HEADER_C, HEADER_P = COMMUNITIES.splitlines()[0], PROVIDERS.splitlines()[0]


def without(text: str, column: str) -> str:
    """A table without one of its columns."""
    at = text.splitlines()[0].split(",").index(column)
    return "\n".join(",".join(cell for i, cell in enumerate(line.split(",")) if i != at) for line in text.splitlines())


MANY_CENTRES = "".join(f"X{i},centre,0,0,300,100,0,no,,\n" for i in range(17))
NO_CENTRE = PROVIDERS.replace(",centre,", ",clinic,").replace("yes", "no")
IN_LATIN = COMMUNITIES.replace("Lower", "Löwer").encode("latin-1")
WHOLE_FILES = {  # file, content, where, found, allowed
    "few children": (
        C,
        f"{HEADER_C}\nUpper,0,0,20,20,20,90000,\n",
        "line 2, column children_0_4",
        "60 children in all",
        "from 200",
    ),
    "no community": (C, f"{HEADER_C}\n", "line 2, column name", "no line below the header", "at least one community"),
    "no provider": (P, f"{HEADER_P}\n", "line 2, column name", "no line below the header", "at least one provider"),
    "no centre": (P, NO_CENTRE, "lines 2 to 8, column kind", "no centre", "at least one"),
    "an empty file": (P, "", "line 1", "is empty", "a header and a line for each row"),
    "an empty header": (P, f",,\n{PROVIDERS}", "line 1", "is empty", "the names of the columns"),
    "semicolons": (C, COMMUNITIES.replace(",", ";"), "line 1, column 1", "has semicolons between its cells", "CSV UTF-8"),
    "tabs": (P, PROVIDERS.replace(",", "\t"), "line 1, column 1", "has tabs between its cells", "commas"),
    "Latin letters": (C, IN_LATIN, "line 3, column 1", "the byte 0xf6, which is neither UTF-8 nor GB18030", "CSV UTF-8"),
    "UTF-16": (C, COMMUNITIES.encode("utf-16"), "communities.csv", "is UTF-16 text", "CSV UTF-8"),
    "a spreadsheet": (C, b"PK\x03\x04....", "communities.csv", "is a spreadsheet's own file", "CSV UTF-8"),
    "too large a file": (C, COMMUNITIES + "x" * LARGEST_FILE, "communities.csv", "has more than 1,000,000 bytes", "at most"),
    "too many lines": (C, HEADER_C + "\nA,0,0,1,1,1,9000," * 1_001, "line 1002", "has 1,001 lines", "at most 1,000"),
    "too many doctors": (P, PROVIDERS + MANY_CENTRES, "lines 2 to 25, column doctors", "5,109 doctors", "at most 5,000"),
    "no income": (C, without(COMMUNITIES, "mean_income_yuan"), "line 1, column mean_income_yuan", "is missing", "in any order"),
    "no kind": (P, without(PROVIDERS, "kind"), "line 1, column kind", "is missing", "in any order"),
    "no travel to one": (T, without(TRAVEL, "General"), "line 1, column General", "is missing", "every provider"),
    "no travel at all": (T, TRAVEL.splitlines()[0], "line 2, column community", "'Upper' is missing", "every community"),
}


def planted(name: str) -> tuple[str, str | bytes, str, str, str]:
    """The file, its content with the mistake, and what must be said of it."""
    if name in WHOLE_FILES:
        return WHOLE_FILES[name]
    case = CELLS[name]
    text = TEXTS[case["file"]]
    assert text.count(case["there"]) == 1, "the mistake is planted once"
    return case["file"], text.replace(case["there"], case["instead"]), case["where"], case["found"], case["allowed"]


def check_line(line: str, file: str, where: str, found: str, allowed: str) -> None:
    assert line.isprintable()
    assert len(line) <= LONGEST_LINE
    assert line.startswith(f"{file}")
    place, _, said = line.partition(": ")
    assert where in place
    before, _, after = said.partition("; ")
    assert found in before
    assert allowed in after


@pytest.mark.case
@pytest.mark.parametrize("name", [*CELLS, *WHOLE_FILES])
def test_a_planted_mistake_is_named_by_file_line_and_column(name: str, written: Write) -> None:
    file, content, *said = planted(name)
    folder = written(**{file.removesuffix(".csv"): content})
    with pytest.raises(ScenarioError) as refused:
        load_scenario(folder / "district.toml")
    check_line(str(refused.value), file, *said)
    district, mistakes = check_district(folder)
    assert district is None
    assert mistakes.n >= 1
    assert f"{mistakes.found[0].where()}: {mistakes.found[0].found}" in str(refused.value)


@pytest.mark.case
def test_the_planted_mistakes_are_more_than_twenty_five_and_cover_every_number() -> None:
    assert len(CELLS) + len(WHOLE_FILES) >= 25
    said = [case["where"] for case in CELLS.values()] + [case[2] for case in WHOLE_FILES.values()]
    for columns in COLUMNS.values():
        for column in columns:
            assert any(f"column {column.name}" in where for where in said), column.name


@pytest.mark.case
@pytest.mark.parametrize("name", [C, P])
def test_a_missing_file_is_named(name: str, written: Write) -> None:
    folder = written()
    (folder / name).unlink()
    with pytest.raises(ScenarioError, match=f"{name}: no such file in the district's folder; allowed is a table"):
        load_scenario(folder / "district.toml")


@pytest.mark.case
def test_a_folder_in_the_place_of_a_file_is_named(written: Write) -> None:
    folder = written()
    (folder / P).unlink()
    (folder / P).mkdir()
    with pytest.raises(ScenarioError, match=r"providers\.csv: is a folder"):
        load_scenario(folder / "district.toml")


@pytest.mark.case
@pytest.mark.parametrize("name", ["travels.csv", "travel.ods", "travel.txt", "Provider.csv"])
def test_a_file_that_would_be_passed_over_is_named(name: str, written: Write) -> None:
    folder = written()
    (folder / "results.csv").write_text("a table of another kind is left alone")
    load_scenario(folder / "district.toml")
    (folder / name).write_text(TRAVEL)
    with pytest.raises(ScenarioError, match=rf"'{name}': is not read; .* the nearest is (travel|providers).csv"):
        load_scenario(folder / "district.toml")


@pytest.mark.case
def test_the_first_mistake_is_told_with_the_number_of_the_others(written: Write) -> None:
    wrong = COMMUNITIES.replace("90,80,70", "90,-80,70.5").replace("Far,-4.0", "Far,x")
    with pytest.raises(ScenarioError, match=r"line 3, column children_5_9.*\(and 2 more: alliance district \S+small lists them\)"):
        load_scenario(written(communities=wrong) / "district.toml")


@pytest.mark.case
def test_the_check_lists_every_mistake_and_ends_with_code_two(written: Write, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = COMMUNITIES.replace("90,80,70", "90,-80,70.5")
    folder = written(communities=wrong, providers=PROVIDERS.replace("Lin,clinic", "Lin,klinik"))
    assert cli.main(["district", str(folder)]) == 2
    told = " ".join(capsys.readouterr().out.split())
    assert "3 mistakes" in told
    for word in ("communities.csv", "children_5_9", "children_10_14", "providers.csv", "kind", "klinik"):
        assert word in told


@pytest.mark.case
def test_a_table_of_a_spreadsheet_is_read(written: Write) -> None:
    """A byte order mark, line ends of Windows, empty columns and lines at the end, spaces, whole numbers with .0."""
    lines = COMMUNITIES.replace("210,200", "210.0, 200 ").splitlines()
    table = "\ufeff" + "".join(f"{line},,\r\n" for line in lines) + ",,,,,,,,,\r\n\r\n"
    plain, mistakes = check_district(written())
    of_spreadsheet, more = check_district(written("other", communities=table))
    assert (mistakes.n, more.n) == (0, 0)
    assert of_spreadsheet == plain


@pytest.mark.case
def test_columns_may_stand_in_any_order_and_optional_ones_be_left_out(written: Write) -> None:
    rows = [line.split(",")[:-2] for line in PROVIDERS.replace("yes,3", "yes,").splitlines()]
    turned = "\n".join(",".join(row[::-1]) for row in rows)
    expected, _ = check_district(written(providers=PROVIDERS.replace("yes,3", "yes,")))
    found, mistakes = check_district(written("other", providers=turned))
    assert mistakes.n == 0
    assert found == expected


FOLDERS = {
    'district = "."': "district is '.'; allowed is a table [district]",
    "[district]": "district has no folder; allowed is folder =",
    "[district]\nfolder = 3": "district.folder is 3, which is no text",
    '[district]\nfolder = ""': "district.folder is '', which is empty",
    '[district]\nfolder = ".."': "district.folder is '..', which leaves the folder",
    '[district]\nfolder = "/etc"': "district.folder is '/etc', which is an absolute path",
    '[district]\nfoldr = "."': "unknown key 'district.foldr'; the only known key is district.folder",
    '[district]\nfolder = "nowhere"': "'nowhere': no such folder",
    '[distric]\nfolder = "."': "unknown key 'distric'; the nearest known name is district",
    '[district]\nfolder = "."\n[population]\nn_children = 900': "population.n_children follows from the files of the district",
    '[district]\nfolder = "."\n[prices]\nclinic_yuan = 90.0': "prices.clinic_yuan follows from the files of the district",
    '[[change]]\nfrom = 2020-01-06\n[change.district]\nfolder = "."': "unknown key 'district'",
}


@pytest.mark.case
@pytest.mark.parametrize("content", FOLDERS)
def test_a_scenario_that_names_its_district_wrongly_is_refused(content: str, written: Write) -> None:
    path = written() / "wrong.toml"
    path.write_text(content)
    with pytest.raises(ScenarioError) as refused:
        load_scenario(path)
    assert FOLDERS[content] in str(refused.value)


@pytest.mark.case
def test_a_link_out_of_the_scenario_s_folder_is_refused(written: Write, tmp_path: Path) -> None:
    folder, outside = written("inside"), written("outside")
    (folder / "link").symlink_to(outside)
    (folder / "wrong.toml").write_text('[district]\nfolder = "link"')
    with pytest.raises(ScenarioError, match="leaves the folder"):
        load_scenario(folder / "wrong.toml")


@pytest.mark.case
def test_a_name_that_is_no_district_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["district", str(tmp_path / "nowhere")]) == 2
    assert "no such folder" in capsys.readouterr().out
    (tmp_path / "plain.toml").write_text("")
    assert cli.main(["district", str(tmp_path / "plain.toml")]) == 2
    assert "names no district; allowed is a scenario with [district]" in capsys.readouterr().err


SPOILED = [COMMUNITIES, PROVIDERS, TRAVEL]
BITS = st.sampled_from(
    [b"", b",", b"\n", b'"', b"\r", b"-", b"=", b"\x00", b"\xff", b"\xef\xbb\xbf", b"9" * 40, b".", b"nan", b" ", b"\xe2\x80\xa8"]
)


@pytest.mark.property
@settings(max_examples=300)
@given(which=st.integers(0, 2), spoils=st.lists(st.tuples(st.integers(0, 700), st.integers(0, 3), BITS), min_size=1, max_size=4))
def test_whatever_is_spoiled_gets_a_district_or_printable_lines(
    which: int, spoils: list[tuple[int, int, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    texts = [text.encode() for text in SPOILED]
    for at, n_lost, put in spoils:
        texts[which] = texts[which][:at] + put + texts[which][at + n_lost :]
    folder = tmp_path_factory.mktemp("spoiled")
    for name, text in zip((C, P, T), texts, strict=True):
        (folder / name).write_bytes(text)
    district, mistakes = check_district(folder)
    assert (district is None) == (mistakes.n > 0)
    for mistake in mistakes.found:
        assert mistake.file in (C, P, T)
        assert mistake.where().isprintable()
    if mistakes.n:
        with pytest.raises(ScenarioError) as refused:
            mistakes.refuse("folder")
        assert str(refused.value).isprintable()
        assert len(str(refused.value)) <= LONGEST_LINE
