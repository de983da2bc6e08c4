"""Does the description part from the code when the code changes, and does it name nothing that is not there?"""

import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from experiments.odd import page
from experiments.odd.figures import figures
from experiments.odd.patterns import is_test, mechanism_tests, mechanisms
from experiments.odd.schedule import schedule, spoken
from experiments.odd.sources import Sources
from model import parameters
from model.indicators import INDICATORS
from model.parameters import declarations
from model.refusal import ScenarioError
from model.world import CASE
from terminal.odd import odd

pytestmark = pytest.mark.convention

ROOT = Path(__file__).resolve().parents[2]
READ = ("agents", "model", "terminal", "docs", "experiments", "scenarios", "tests", "dashboard")
NOT_COPIED = shutil.ignore_patterns("__pycache__", "*.png", "*.ipynb")

Edit = Callable[[str, str, str], Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """A copy of the sources in which one text of one file is replaced by another."""

    def copy(file: str, old: str, new: str) -> Path:
        copied = {"docs", file.split("/", maxsplit=1)[0]}
        for path in [*(ROOT / folder for folder in READ), *ROOT.glob("*.md"), *ROOT.glob("*.py"), *ROOT.glob("*.cff")]:
            if path.name in copied:
                shutil.copytree(path, tmp_path / path.name, ignore=NOT_COPIED)
            else:
                (tmp_path / path.name).symlink_to(path)
        text = (tmp_path / file).read_text(encoding="utf-8")
        assert old in text
        (tmp_path / file).write_text(text.replace(old, new), encoding="utf-8")
        return tmp_path

    return copy


def refusal(root: Path) -> str:
    """The line in which the check refuses."""
    with pytest.raises(ScenarioError) as refused:
        page.check(root)
    return str(refused.value)


def test_text_and_code_agree():
    assert list(page.parted(ROOT)) == []


def test_tables_that_were_written_are_not_written_again(edited):
    root = edited("docs/odd.md", "# The model, by ODD+D", "# The model, by ODD+D")
    assert page.write_tables(root) == []


def test_a_renamed_column_is_found_and_writing_mends_the_table(edited):
    root = edited("agents/resident/record.py", '"frailty"', '"proneness"')
    assert "docs/odd.md, table entities, line" in refusal(root)
    assert "`frailty`" in refusal(root)
    assert "`proneness`" in refusal(root)
    assert page.write_tables(root) == ["docs/odd.md"]
    assert list(page.parted(root)) == []


@pytest.mark.parametrize(
    ("file", "lines", "table"),
    [
        ("model/week.py", ("    open_week(world, p)\n", "    close_week(world, p)\n"), "schedule-zone"),
        ("model/month.py", ("    learn_from_cases(clock, doctors, sites, p)\n",
                            "    renew_contracts(clock, world.agenda, world.households, p, seed)\n"), "schedule-fund"),
        ("model/quarter.py", ("    revise_beliefs(hospital, doctors, p)\n", "    survey(tally, hospital, doctors, p)\n"),
         "schedule-hospital"),
        ("model/year.py", ("    depreciate(fund, doctors, p)\n", "    count_burden(tally, world.households, p)\n"),
         "schedule-government"),
        ("model/alliance.py", ("                self.fund.step()\n", "                self.hospital.step()\n"), "schedule-step"),
    ],
)  # fmt: skip
def test_two_steps_that_change_places_are_found(file, lines, table, edited):
    text, (first, second) = (ROOT / file).read_text(encoding="utf-8"), lines
    swapped = text.replace(first, "\0").replace(second, first).replace("\0", second)
    assert swapped != text
    assert f"docs/odd.md, table {table}, line" in refusal(edited(file, text, swapped))


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("agents/fund/surplus.toml", "[reinvested_share]", "[share_put_back]", "share_put_back"),
        ("agents/doctor/treat.py", "def p_unresolved(", "def p_not_better(", "p_not_better"),
        ("model/indicators.py", '"share_true_need"', '"share_in_need"', "share_in_need"),
        ("model/dice.py", "EXAMINATION = 13", "SITTING = 13", "SITTING"),
        ("model/known.toml", "value = 0.0119", "value = 0.0120", "0.012"),
        ("experiments/mechanism_list.py", '"M7 trust"', '"M7 confidence"', "M7 confidence"),
        (
            "tests/engine/test_books.py",
            "def test_the_books_of_every_week",
            "def test_the_ledger_of_every_week",
            "no test tests/engine",
        ),
        ("tests/patterns/test_families.py", "[M7, M8, M10, M10B]", "[M8, M10, M10B]", "no test of tests/patterns runs M7"),
        ("model/world.py", "review_counts:", "counts_for_review:", "counts_for_review"),
    ],
)
def test_what_a_table_says_is_held_against_the_code(file, old, new, said, edited):
    assert said in refusal(edited(file, old, new))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("`agents/doctor/guess.py`", "agents/doctor/guess.py is named"),
        ("`fund.surplus.reinvested`", "fund.surplus.reinvested is named"),
        ("`tests/engine/test_books.py::test_nothing`", "test_nothing is named"),
        ("`alliance prophesy`", "alliance prophesy is named"),
        ("`n_miracles`", "n_miracles is named"),
        ("`population.n_children` = 80,000", "stated as 80,000, declared is 90000"),
        ("`POLICY_WEEKS` = 260", "stated as 260, declared is 261"),
    ],
)
def test_prose_that_names_what_does_not_exist_is_refused(name, said, edited):
    line = refusal(edited("docs/odd.md", "## 6. Input data\n", f"## 6. Input data\n\nSee {name}.\n"))
    assert said in line
    assert line.startswith("docs/odd.md, line ")


def test_a_table_that_is_missing_or_unknown_is_refused(edited):
    root = edited("docs/odd.md", "<!-- generated: dice -->", "<!-- generated: cards -->")
    assert "no table cards is made from code; allowed are" in refusal(root)
    odd_page = root / page.ODD
    odd_page.write_text(page.BLOCK.sub(lambda b: "" if b[1] == "cards" else b[0], odd_page.read_text(encoding="utf-8")))
    assert "the table dice is missing" in refusal(root)


def test_the_refusal_is_one_line_without_a_path_of_this_machine(edited):
    root = edited("model/quarter.py", "    reorganise(world)\n", "")
    assert "\n" not in refusal(root)
    assert str(root) not in refusal(root)


def test_every_mechanism_names_a_test_that_exists():
    sources = Sources(ROOT)
    tests = dict(mechanism_tests(sources))
    assert set(mechanisms(sources)) <= set(tests)
    assert all(is_test(sources, test_id) for test_id in tests.values())


def test_what_is_read_from_the_text_is_what_the_program_declares():
    sources = Sources(ROOT)
    assert sources.parameters == declarations()
    assert sources.records["model/world.py", "CASE"] == CASE
    read = {name: (figure.kind, figure.unit, figure.definition) for name, figure in figures(sources).items()}
    assert read == {name: (i.kind, i.unit, i.definition) for name, i in INDICATORS.items()}


def test_every_institution_has_a_list_and_every_rule_is_asked_somewhere():
    sources = Sources(ROOT)
    lists = schedule(sources)
    assert list(lists) == ["step", "zone", "fund", "hospital", "government"]
    asked = {rule for steps in lists.values() for step in steps for rule in step.rules}
    assert asked == {file.removeprefix("agents/").removesuffix(".py").replace("/", ".") for file in sources.rule_files}


def test_the_schedule_is_read_aloud_in_order():
    text = spoken(Sources(ROOT))
    told = ["Every week:", "One day: cases whose day has come", "End of a month:", "The fund's month", "End of a year:"]
    assert [text.index(line) for line in told] == sorted(text.index(line) for line in told)


def test_the_command_reads_writes_and_checks(edited, monkeypatch, capsys):
    monkeypatch.setattr(parameters, "ROOT", edited("model/month.py", "    renew_contracts(clock", "    write_off(clock"))
    odd()
    assert capsys.readouterr().out.startswith("Every step:")
    with pytest.raises(ScenarioError, match=r"docs/odd\.md, table schedule-fund"):
        odd(check=True)
    odd(write=True)
    assert capsys.readouterr().out == "Written: docs/odd.md.\n"
    odd(write=True)
    odd(check=True)
    assert capsys.readouterr().out == "Nothing to write: text and code agree.\nText and code agree.\n"
    with pytest.raises(ScenarioError, match="both at once"):
        odd(write=True, check=True)


def test_the_description_has_the_seven_elements_and_the_eleven_concepts():
    text = (ROOT / page.ODD).read_text(encoding="utf-8")
    elements = ("Purpose and patterns", "Entities, state variables and scales", "Process overview and scheduling",
                "Design concepts", "Initialisation", "Input data", "Submodels")  # fmt: skip
    assert [f"\n## {n}. {name}\n" in text for n, name in enumerate(elements, 1)] == [True] * 7
    concepts = ("Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing", "Interaction",
                "Stochasticity", "Collectives", "Observation")  # fmt: skip
    human = ("Theoretical and empirical background", "Individual decision making", "Heterogeneity", "Implementation")
    places = [text.index(f"\n**{name}.** ") for name in (*concepts, *human)]
    assert places == sorted(places)


def test_the_version_to_cite_is_that_of_the_package():
    lines = (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    cited = dict(line.split(": ", 1) for line in lines if ": " in line and not line.startswith(" "))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert cited["version"].strip('"') == project["version"]
    assert cited["license"] == project["license"]
    assert cited["cff-version"] == "1.2.0"
    assert {"message", "title"} <= set(cited)
    assert "authors:" in lines
