"""Does each way of looking answer at the terminal, and refuse in one line?"""

import json
import struct

import networkx as nx
import pytest

import cli

case, unit = pytest.mark.case, pytest.mark.unit
SMALL = ["--children", "1000", "--until", "60"]


@case
def test_trace_tells_a_child_by_day_and_with_rules_by_number(huaxi, capfd):
    assert cli.main(["trace", huaxi, *SMALL, "--child", "3", "--rules"]) == 0
    text = capfd.readouterr().out
    assert "Child 3 in The Huaxi alliance, seed 1" in text
    assert "bit for bit" in text
    assert "die for seek = 0." in text
    assert "resident.seek_care.p_seek(severity=" in text


@case
def test_trace_as_json_holds_everything(huaxi, capfd):
    assert cli.main(["trace", huaxi, *SMALL, "--child", "3", "--json"]) == 0
    found = json.loads(capfd.readouterr().out, parse_constant=pytest.fail)
    assert found["kind"] == "child"
    assert all(chapter["words"] and chapter["rules"] for chapter in found["chapters"])


@case
def test_trace_against_another_world(huaxi, capfd):
    other = huaxi.replace("huaxi", "no_alliance")
    assert cli.main(["trace", huaxi, "--children", "1000", "--until", "2019-12-31", "--child", "3", "--against", other]) == 0
    text = " ".join(capfd.readouterr().out.split())
    assert "The worlds part in week 52" in text
    assert cli.main(["trace", huaxi, *SMALL, "--child", "3", "--against", other, "--json"]) == 0
    assert {"worlds_part", "parting", "first", "second"} == set(json.loads(capfd.readouterr().out))


@case
@pytest.mark.parametrize("whom", [["--doctor", "0"], ["--site", "0"], ["--pick", "often"], []])
def test_trace_of_others_and_picks(whom, huaxi, capfd):
    assert cli.main(["trace", huaxi, *SMALL, *whom]) == 0
    assert capfd.readouterr().out


@case
def test_dates_choose_the_days_that_are_told(huaxi, capfd):
    words = ["trace", huaxi, "--children", "1000", "--child", "3", "--json"]
    assert cli.main([*words, "--from", "2018-03-01", "--until", "2018-09-30"]) == 0
    days = [chapter["date"] for chapter in json.loads(capfd.readouterr().out)["chapters"]]
    assert all("2018-03-01" <= day <= "2018-09-30" for day in days)


BAD = [
    (["trace", "HUAXI", "--child", "x"], "--child: 'x'; allowed is a whole number"),
    (["trace", "HUAXI", *SMALL, "--child", "999999"], "--child: 999999; allowed is a number from 0 to"),
    (["trace", "HUAXI", "--child", "1", "--doctor", "1"], "--doctor: --child is given too"),
    (["trace", "HUAXI", "--pick", "odd"], "--pick: 'odd'; allowed are missed"),
    (["trace", "HUAXI", "--child", "1", "--from", "soon"], "--from: 'soon'; allowed is a date from"),
    (["trace", "HUAXI", "--child", "1", "--from", "2020-01-01", "--until", "3"], "--until: 2017-12-17 lies before 2020-01-01"),
    (["trace", "HUAXI", "--child", "1", "--against", "nothing.toml"], "nothing.toml: no such scenario file"),
    (["compare", "HUAXI"], "B: there is no second scenario"),
    (["compare", "HUAXI", "nothing.toml"], "nothing.toml: no such scenario file"),
    (["compare", "HUAXI", "HUAXI", "--seeds", "0"], "--seeds: '0'; allowed is a whole number"),
    (
        ["compare", "HUAXI", "--set-b", "fund.surplus.reinvested_share=2"],
        "--set-b: fund.surplus.reinvested_share is 2, out of range",
    ),
    (["compare", "HUAXI", "HUAXI", "--from", "2021-01-04"], "--from: dates the --set settings, and there are none"),
    (
        ["network", "HUAXI", "--out", "zone.pdf"],
        "--out: zone.pdf; allowed is the name of a file that ends in .graphml, .png or .svg",
    ),
]


@unit
@pytest.mark.parametrize(("words", "said"), BAD)
def test_bad_input_is_one_line_and_exit_code_2(words, said, huaxi, capfd):
    assert cli.main([huaxi if word == "HUAXI" else word for word in words]) == 2
    captured = capfd.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert captured.err.startswith(f"alliance: {said}")


@case
def test_the_network_is_drawn_as_png_and_svg_the_same_twice(huaxi, tmp_path, capfd):
    words = ["network", huaxi, "--children", "2000", "--week", "100"]
    for name in ("zone.png", "zone.svg", "again.svg", "zone.graphml"):
        assert cli.main([*words, "--out", str(tmp_path / name)]) == 0
    head = (tmp_path / "zone.png").read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", head[16:])
    assert width > height > 1000
    assert (tmp_path / "zone.svg").read_bytes() == (tmp_path / "again.svg").read_bytes()
    graph = nx.read_graphml(tmp_path / "zone.graphml")
    assert f"zone.graphml: {graph.number_of_nodes()} nodes" in capfd.readouterr().out


@unit
@pytest.mark.parametrize("name", ["compare", "trace", "network"])
def test_help_is_given(name, capfd):
    assert cli.main([name, "--help"]) == 0
    assert "Usage" in capfd.readouterr().out
