"""Does a small analysis of the real world come out, the same after it was stopped, and is bad input refused in one line?"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from experiments.sensitivity import luck, page, pictures, runs, space
from experiments.sensitivity.analysis import Plan, analyse
from experiments.sensitivity.outputs import OUTPUTS
from experiments.sensitivity.read import influences
from experiments.sweep.carry_out import Listeners
from experiments.sweep.means import Means
from model.indicators import INDICATORS
from model.parameters import declarations
from model.refusal import ScenarioError
from terminal.sensitivity import read_frame, sensitivity
from tests.sensitivity.conftest import HUAXI

FEW = (
    "doctor.refer.caution", "hospital.accredit.is_running", "hospital.review.is_two_sided", "illness.episodes_0_4",
    "population.n_centres",
)  # fmt: skip
SMALL = {"children": "2000", "weeks": "40", "trajectories": "2", "samples": "8", "survivors": "2", "workers": "1"}
SEEDS = range(1, 2)


@pytest.fixture(scope="module")
def few_parameters():
    with pytest.MonkeyPatch.context() as patch:
        few = {name: declarations()[name] for name in FEW}
        patch.setattr(space, "declarations", lambda: few)
        patch.setattr(luck, "N_SEEDS", 4)
        yield


@pytest.fixture(scope="module")
def done(few_parameters, tmp_path_factory) -> Path:
    """The folder of a small analysis, as the command leaves it, with the page beside it."""
    folder = tmp_path_factory.mktemp("sensitivity")
    with ThreadPoolExecutor(1) as executor, pytest.MonkeyPatch.context() as patch:
        patch.setattr("experiments.sweep.means.read_means", lambda **_: Means(n_workers=1, executor=executor))
        sensitivity(str(HUAXI), out=folder, page=folder / "docs" / "page.md", **SMALL)
    return folder


@pytest.mark.case
@pytest.mark.slow
def test_a_small_analysis_leaves_its_page_tables_and_pictures(done):
    names = {path.name for path in done.iterdir()}
    assert names >= {"sensitivity.md", "morris.csv", "sobol.csv", "morris.svg", "morris_convergence.svg", "sobol.svg", "sweep"}
    text = (done / "sensitivity.md").read_text(encoding="utf-8")
    assert "2 trajectories of 6 points" in text
    assert all(f"`{name}`" in text for name in FEW)
    assert str(done) not in text
    beside = {path.name for path in (done / "docs").iterdir()}
    assert beside >= {"page.md", "page.csv", "page_morris.svg", "page_sobol_convergence.svg"}


@pytest.mark.case
@pytest.mark.slow
def test_the_reader_gives_an_influence_for_every_parameter_and_answer(done):
    found = influences(done / "docs" / "page.csv")
    assert found == influences(done / "morris.csv")
    assert set(found) == set(FEW)
    assert found["illness.episodes_0_4"]["cost_per_child_yuan"] > 0.3
    assert set(found["illness.episodes_0_4"]) <= set(OUTPUTS)  # so small a zone may have no alliance visits
    assert set(OUTPUTS) <= set(INDICATORS)


@pytest.mark.case
@pytest.mark.slow
def test_an_analysis_that_was_stopped_goes_on_and_ends_with_the_same_bytes(done, few_parameters, tmp_path):
    frame = read_frame(str(HUAXI), SMALL["children"], SMALL["weeks"])

    def stop(n_done: int, n_runs: int, _: int) -> None:
        if n_runs == 12 and n_done >= 4:  # in the middle of the screening
            raise KeyboardInterrupt

    found = []
    with ThreadPoolExecutor(1) as executor:
        model = runs.Runs(frame, str(HUAXI), tmp_path, Means(n_workers=1, executor=executor, chunk_size=2), Listeners(runs=stop))
        plan = Plan(2, 8, SEEDS, 2)
        with pytest.raises(KeyboardInterrupt):
            analyse(space.space_of(frame.scenario), model, plan, tuple(OUTPUTS))
        kept = replace(model, listeners=Listeners(runs=lambda n_done, n_runs, _: found.append((n_done, n_runs))))
        again = analyse(space.space_of(frame.scenario), kept, plan, tuple(OUTPUTS))
    assert any(n_runs == 12 and n_done >= 4 for n_done, n_runs in found[:2])
    written = page.tables(again) | {f"{name}.svg": picture for name, picture in pictures.pictures(again).items()}
    assert {name: (done / name).read_bytes() == content for name, content in written.items()} == dict.fromkeys(written, True)


@pytest.mark.unit
def test_a_run_that_failed_is_missing_and_counted(few_parameters, tmp_path, monkeypatch):
    frame = read_frame(str(HUAXI), "300", "4")
    points = [{"doctor.refer.caution": 1.0}, {"doctor.refer.caution": 2.0}]
    with ThreadPoolExecutor(1) as executor:
        model = runs.Runs(frame, str(HUAXI), tmp_path, Means(n_workers=1, executor=executor), Listeners())
        monkeypatch.setattr("experiments.sweep.work.simulate", _failing_at_two())
        answers = model(points, SEEDS)
    assert answers.n_failed == 1
    assert "of the test" in answers.first_error
    missing = [place for place in range(2) if (answers.means[place] != answers.means[place]).all()]
    assert missing == [1]


def _failing_at_two():
    from experiments.sweep.work import simulate

    def tried(frame, past, run):
        if run.point["doctor.refer.caution"] == 2.0:
            raise ArithmeticError("of the test")
        return simulate(frame, past, run)

    return tried


@pytest.mark.unit
@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({"trajectories": "1"}, "--trajectories: '1'; allowed is a whole number from 2 to 1,000"),
        ({"samples": "100"}, "--samples: 100; allowed is a power of two from 8 to 4,096"),
        ({"samples": "4"}, "--samples: '4'; allowed is a whole number from 8 to 4,096"),
        ({"survivors": "0"}, "--survivors: '0'; allowed is a whole number from 1 to 60"),
        ({"seeds": "none"}, "--seeds: 'none'; allowed is a whole number from 1 to 1,000"),
        ({"workers": "0"}, "--workers: '0'; allowed is a whole number from 1 to 1,024"),
        ({"weeks": "0"}, "--weeks: '0'; allowed is a whole number from 1 to"),
        ({"children": "many"}, "--children: 'many'; allowed is a whole number from 0"),
        ({"page": Path("page.txt")}, "--page: 'page.txt'; allowed is the name of a file that ends in .md"),
        ({"out": None}, "--out: is not given; allowed is --out DIR"),
        ({"scenario": "nowhere.toml"}, "nowhere.toml"),
    ],
)
def test_bad_input_is_refused_in_one_line_before_anything_is_run(said, line, tmp_path):
    with pytest.raises(ScenarioError) as refused:
        sensitivity(**({"scenario": str(HUAXI), "out": tmp_path / "out"} | said))
    assert str(refused.value).startswith(line)
    assert "\n" not in str(refused.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.unit
def test_what_is_no_table_is_refused_by_the_reader(tmp_path):
    for name, text in {
        "empty.csv": "",
        "other.csv": "a,b\n1,2\n",
        "words.csv": "parameter,output,mu_star_standardised\na,b,c\n",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(ScenarioError):
            influences(tmp_path / name)
    with pytest.raises(ScenarioError):
        influences(tmp_path / "none.csv")
