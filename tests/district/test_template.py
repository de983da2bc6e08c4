"""Does a template run as it is, and does a planner see the district before anything runs?"""

import io
import json
from pathlib import Path

import pytest

import cli
from experiments.district import figures_of
from experiments.district_map import draw_map, round_length
from experiments.district_template import README, template_files
from experiments.spreadsheet import csv_for
from model.alliance import AllianceModel
from model.district_check import check_district
from model.district_columns import COLUMNS
from model.scenario import Scenario, load_scenario
from tests.district.conftest import COMMUNITIES, PROVIDERS, TRAVEL, Write

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.case
def test_a_template_is_without_mistake_and_runs_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "mine" / "district"
    assert cli.main(["new-district", str(folder)]) == 0
    assert {path.name for path in folder.iterdir()} == set(template_files())
    assert cli.main(["district", str(folder)]) == 0
    capsys.readouterr()
    assert cli.main(["run", str(folder / "district.toml"), "--weeks", "60", "--out", str(tmp_path / "out"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["indicators"]["n_children"] == 8_020
    record = json.loads((tmp_path / "out" / "run.json").read_text())["resolved_scenario"]
    assert record["district"]["providers"][0]["name"] == "Old Town Health Centre"
    assert record["district"]["fingerprint"] == load_scenario(folder / "district.toml").segments()[0][1]["population.district"]


@pytest.mark.case
def test_a_folder_that_holds_anything_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert cli.main(["new-district", str(tmp_path)]) == 2
    assert "is not empty; allowed is the name of a new folder" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    assert cli.main(["new-district", str(tmp_path / "notes.txt")]) == 2
    assert cli.main(["new-district", str(tmp_path / "notes.txt" / "below")]) == 2
    assert "lies below what is no folder" in capsys.readouterr().err


@pytest.mark.case
def test_nothing_half_written_stays_when_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("experiments.store.os.fsync", full)
    assert cli.main(["new-district", str(tmp_path / "new")]) == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.convention
def test_the_readme_and_the_docs_explain_every_column() -> None:
    readme, docs = template_files()[README].decode(), (ROOT / "docs" / "district.md").read_text(encoding="utf-8")
    flat = " ".join(readme.split())
    for name, columns in COLUMNS.items():
        assert name in readme
        for column in columns:
            for text in (column.name, column.meaning, str(column.allowed()), column.moves):
                assert text in flat, (name, column.name)
            assert f"| `{column.name}` | {column.meaning} | {column.allowed()} | {column.moves} |" in docs, (name, column.name)


@pytest.mark.unit
def test_the_figures_are_those_of_the_files(written: Write) -> None:
    district, _ = check_district(written(travel=TRAVEL))
    assert district is not None
    figures = figures_of(district)
    assert figures.n_children == 905
    assert figures.n_doctors == 9
    assert figures.doctors_per_1000_children == pytest.approx(9_000 / 905)
    far = figures.communities[2]
    assert (far.nearest_centre, far.minutes_to_centre, far.minutes_to_alliance) == ("Upper Centre", 30.0, 55.0)
    assert figures.mean_minutes_to_alliance == pytest.approx((590 * 40 + 240 * 25 + 75 * 55) / 905)
    episodes = 330 * 2.4 + 300 * 1.4 + 275 * 0.9
    assert figures.expected_visits_per_day == pytest.approx(episodes / 365.25 * 0.844 * 1.39)
    assert [(kind.kind, kind.n, kind.doctors, kind.certified) for kind in figures.kinds][:2] == [
        ("centre", 2, 6, 1),
        ("clinic", 2, 3, 1),
    ]
    assert figures.kinds[0].room_per_day == pytest.approx(6 * 12.5 * 0.2 * 0.45)
    assert figures.warnings == ()


@pytest.mark.unit
def test_the_expected_visits_are_those_of_the_run(written: Write) -> None:
    scenario = load_scenario(written(communities=COMMUNITIES.replace("210,200,180", "2100,2000,1800")) / "district.toml")
    assert scenario.district is not None
    model = AllianceModel(scenario, 1).run_until(52)
    a_day = model.weekly()["n_visits"].sum() / 52 / 7
    assert a_day == pytest.approx(figures_of(scenario.district).expected_visits_per_day, rel=0.12)


@pytest.mark.unit
def test_what_a_planner_should_look_at_is_said(written: Write) -> None:
    few = "\n".join(line for line in PROVIDERS.splitlines() if "hospital" not in line or "alliance" in line).replace(
        "yes,3", "yes,"
    )
    crowd = COMMUNITIES.replace("210,200,180", "2100,2000,1800").replace("Far,-4.0", "Far,-24.0")
    district, _ = check_district(written(communities=crowd, providers=few))
    assert district is not None
    said = " ".join(figures_of(district).warnings)
    for words in ("Far is 104 minutes from its nearest centre (Upper", "There is no maternal_hospital", "no other_hospital"):
        assert words in said
    assert "room for" in said


@pytest.mark.case
def test_the_summary_is_one_object_if_asked(written: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["district", str(written()), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["district"] == "A small district"
    assert found["n_children"] == 905
    assert cli.main(["district", str(written(travel="x")), "--json"]) == 2
    found = json.loads(capsys.readouterr().out)
    assert [mistake["file"] for mistake in found["mistakes"]] == ["travel.csv"] * len(found["mistakes"])


@pytest.mark.case
def test_the_matrix_that_is_written_is_the_matrix_that_is_read(written: Write, tmp_path: Path) -> None:
    folder = written()
    before = figures_of(check_district(folder)[0])  # pyright: ignore[reportArgumentType]
    assert cli.main(["district", str(folder), "--travel", str(folder / "travel.csv")]) == 0
    district, mistakes = check_district(folder)
    assert mistakes.n == 0
    assert district is not None
    assert district.minutes is not None
    after = figures_of(district)
    assert after.mean_minutes_to_alliance == pytest.approx(before.mean_minutes_to_alliance, abs=0.05)


@pytest.mark.case
@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_the_map_is_a_picture_and_always_the_same(suffix: str, written: Write) -> None:
    providers = PROVIDERS.replace("General", "$x_1$ 医院 & <b>")
    district, _ = check_district(written(providers=providers))
    assert district is not None
    picture = draw_map(district, "高新区 $a^b$", suffix)
    assert picture == draw_map(district, "高新区 $a^b$", suffix)
    assert picture.startswith(b"\x89PNG" if suffix == ".png" else b"<?xml")


@pytest.mark.case
def test_a_district_at_one_point_has_a_map(written: Write, tmp_path: Path) -> None:
    line = COMMUNITIES.splitlines()
    one = "\n".join([line[0], line[1]])
    providers = "\n".join(",".join([*row.split(",")[:2], "0", "0", *row.split(",")[4:]]) for row in PROVIDERS.splitlines()[1:])
    folder = written(communities=one, providers=f"{PROVIDERS.splitlines()[0]}\n{providers}")
    assert cli.main(["district", str(folder), "--map", str(tmp_path / "map.png")]) == 0
    assert (tmp_path / "map.png").stat().st_size > 1_000


@pytest.mark.case
@pytest.mark.parametrize("words", [["--map", "map.gif"], ["--map", "map"], ["--travel", "travel.txt"], ["--map", "no.png/map.png"]])
def test_a_map_that_cannot_be_written_is_refused(
    words: list[str], written: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "no.png").write_text("")
    assert cli.main(["district", str(written()), words[0], str(tmp_path / words[1])]) == 2
    assert capsys.readouterr().err.startswith(f"alliance: {words[0] if 'no.png' not in words[1] else '--out'}")


@pytest.mark.unit
def test_a_scale_bar_has_a_round_length() -> None:
    assert [round_length(km) for km in (0.7, 1.0, 4.99, 5.0, 37.0, 250.0)] == [0.5, 1.0, 2.0, 5.0, 20.0, 200.0]


@pytest.mark.case
def test_the_example_has_a_question_and_runs() -> None:
    scenario = load_scenario(ROOT / "scenarios" / "qinghe.toml")
    assert scenario.question
    assert isinstance(scenario, Scenario)
    assert scenario.district is not None
    assert scenario.district.minutes is not None
    assert scenario.values["population.n_children"] == 13_510
    model = AllianceModel(scenario, 1).run_until(60)
    assert model.world.clock[0].n_accredited == 2


@pytest.mark.case
def test_tables_for_a_spreadsheet_begin_with_the_mark_that_it_needs(tmp_path: Path, written: Write) -> None:
    assert cli.main(["district", str(written()), "--travel", str(tmp_path / "t.csv")]) == 0
    tables = [(tmp_path / "t.csv").read_bytes(), *(files for name, files in template_files().items() if name.endswith(".csv"))]
    tables += [content for name, content in template_files("zh").items() if name.endswith((".csv", ".txt"))]
    assert all(table.startswith(b"\xef\xbb\xbf") for table in tables)
    assert len(tables) == 6


@pytest.mark.unit
def test_a_stream_has_the_mark_where_it_begins_a_file_and_nowhere_else(tmp_path: Path) -> None:
    with (tmp_path / "rows.csv").open("w", encoding="utf-8") as file:
        assert csv_for(file, "a\n") == "\ufeffa\n"
        file.write("before\n")
        file.flush()
        assert csv_for(file, "a\n") == "a\n"
    assert csv_for(io.StringIO(), "a\n") == "a\n"
