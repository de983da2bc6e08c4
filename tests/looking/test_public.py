"""Does Python give what the terminal gives, to the last bit, and refuse as clearly?"""

import json

import pytest

import alliance
import cli

case, unit = pytest.mark.case, pytest.mark.unit
N = 1_000


@pytest.fixture(scope="module")
def zone(huaxi):
    return alliance.load(huaxi, children=N)


@case
def test_a_run_has_the_hashes_and_figures_of_the_terminal(zone, huaxi, capfd):
    found = alliance.run(zone, seeds=2, weeks=120, period="case")
    words = ["run", huaxi, "--children", str(N), "--weeks", "120", "--seeds", "2", "--period", "case", "--json"]
    assert cli.main(words) == 0
    said = json.loads(capfd.readouterr().out)
    assert found.result_hashes.tolist() == [run["result_hash"] for run in said["runs"]]
    assert found.indicators.loc[1, "n_visits"] == said["indicators"]["n_visits"]
    assert found.summary().loc["n_visits", "mean"] == pytest.approx(said["mean"]["n_visits"])
    assert list(found.weekly.columns[:3]) == ["seed", "week_start", "period"]
    assert len(found.weekly) == 2 * (52 + 120)


@case
def test_a_comparison_is_that_of_the_terminal(zone, huaxi, capfd):
    other = alliance.load(huaxi, {"hospital.accredit.pass_rate": 0.5}, "2018-06-04", children=N)
    frame = alliance.compare(zone, other, seeds=2, weeks=120, period="history")
    lever = ["--set-b", "hospital.accredit.pass_rate=0.5", "--from", "2018-06-04"]
    words = ["compare", huaxi, *lever, "--children", str(N), "--weeks", "120", "--seeds", "2", "--period", "history", "--json"]
    assert cli.main(words) == 0
    said = json.loads(capfd.readouterr().out)["indicators"]
    assert frame["difference"]["n_visits"] == said["n_visits"]["difference"]
    assert frame["verdict"].to_dict() == {name: row["verdict"] for name, row in said.items()}
    assert frame.attrs["inputs"] == [("hospital.accredit.pass_rate", "from 2018-06-04", 0.1, 0.5)]


@case
def test_chosen_seeds_are_run_in_their_order(zone):
    assert alliance.run(zone, seeds=[9, 4], weeks=10).indicators.index.tolist() == [9, 4]


@case
def test_a_story_can_be_read_and_its_rules_tabulated(zone):
    story = alliance.trace(zone, child=3, weeks=60)
    assert "Child 3" in str(story)
    assert len(repr(story)) < 100
    assert set(story.frame().columns) == {"day", "words"}
    assert len(story.rules()) > len(story.chapters)


@unit
def test_indicators_and_parameters_are_tables_with_units():
    assert alliance.indicators().loc["share_referred", "subject"] == "referral"
    assert alliance.parameters().loc["hospital.accredit.pass_rate", "value"] == 0.1


@unit
@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda file: alliance.load("nothing.toml"), "no such scenario file"),
        (lambda file: alliance.load(file, {"fund.surplus.share": 1}), "unknown key"),
        (lambda file: alliance.load(file, {"fund.surplus.reinvested_share": 2}), "out of range"),
        (lambda file: alliance.load(file, {"fund.surplus.reinvested_share": 1}, "soon"), "from_date: 'soon'; allowed is a date"),
        (lambda file: alliance.run(file, seeds=0), "seeds: '0'; allowed is a whole number"),
        (lambda file: alliance.run(file, seeds=[1, 1]), "different seeds"),
        (lambda file: alliance.run(file, period="never"), "allowed are burn_in, history, policy, case"),
        (alliance.trace, "no agent is named"),
        (lambda file: alliance.trace(file, child=1, site=1), "2 agents are named"),
    ],
)
def test_bad_input_raises_one_clear_line(ask, said, huaxi):
    with pytest.raises(alliance.ScenarioError, match=said) as raised:
        ask(huaxi)
    assert "\n" not in str(raised.value)
