"""Does the provider network show the ties of its moment, and evolve?"""

import networkx as nx
import pytest

import cli
from model.alliance import AllianceModel
from model.calendar import FIRST_HISTORY_WEEK
from model.network import provider_network
from model.scenario import load_scenario

pytestmark = pytest.mark.case


@pytest.fixture(scope="module")
def model():
    scenario = load_scenario("scenarios/huaxi.toml").with_settings(
        {"population.n_children": 8_000, "hospital.accredit.pass_rate": 0.5}
    )
    return AllianceModel(scenario, 1)


def ties(graph, kind):
    return [data for *_, data in graph.edges(data=True) if data["kind"] == kind]


def test_doctors_join_and_referrals_flow_as_the_alliance_grows(model):
    model.run_until(FIRST_HISTORY_WEEK)
    before = provider_network(model)
    assert not ties(before, "alliance")
    assert not ties(before, "contract")
    assert sum(data["n_first_contacts"] for data in ties(before, "access")) > 0
    model.run_until(150)
    after = provider_network(model)
    assert len(ties(after, "alliance")) == int(model.world.clock[0].n_accredited) > 0
    assert sum(data["n_referrals"] for data in ties(after, "referral")) > 0
    assert ties(after, "contract")
    assert {data["kind"] for _, data in after.nodes(data=True)} >= {"community", "centre", "clinic", "alliance_hospital", "doctor"}


def test_looking_at_the_network_changes_nothing(model):
    before = model.result_hash(), model.world.sites.tobytes()
    provider_network(model)
    assert (model.result_hash(), model.world.sites.tobytes()) == before


def test_the_terminal_writes_a_graph_that_can_be_read_again(tmp_path, capsys):
    file = tmp_path / "zone.graphml"
    assert cli.main(["network", "scenarios/huaxi.toml", "--out", str(file), "--children", "2000", "--week", "60"]) == 0
    graph = nx.read_graphml(file)
    assert f"{graph.number_of_nodes()} nodes" in capsys.readouterr().out


def test_a_file_that_is_no_graphml_is_refused_in_one_line(tmp_path, capsys):
    assert cli.main(["network", "scenarios/huaxi.toml", "--out", str(tmp_path / "zone.txt")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not list(tmp_path.iterdir())
