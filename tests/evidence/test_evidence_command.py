"""What does `alliance evidence` answer?"""

import csv
import io
import json
from typing import Any

import pytest

from experiments.evidence import register
from model.known import declared_figures
from model.parameters import declarations
from model.refusal import ScenarioError
from terminal.evidence import COMMANDS

pytestmark = pytest.mark.case
PLAIN: dict[str, Any] = {"kind": None, "actor": None, "data": False, "as_json": False, "as_csv": False}


def answered(capfd: pytest.CaptureFixture[str], **asked: Any) -> str:
    COMMANDS["evidence"](**(PLAIN | asked))
    return capfd.readouterr().out


def test_it_lists_every_parameter_with_counts_by_kind_and_actor(capfd):
    text = answered(capfd)
    assert "Parameters by actor and kind" in text
    assert [key for key in declarations() if key not in text] == []
    for shown in ("assumption 31 ", "Case article on", "1 to 100"):
        assert shown in text


def test_kind_and_actor_choose(capfd):
    found = json.loads(answered(capfd, kind="assumed", actor="doctor", as_json=True))["parameters"]
    expected = [key for key, p in declarations().items() if key.startswith("doctor.") and p.kind == "assumed"]
    assert [row["name"] for row in found] == expected
    assert all(row["assumption"] > 0 and row["because"] for row in found)
    assert found[0].keys() == set(register.PARAMETER_FIELDS)


def test_the_data_are_listed_by_use(capfd):
    text = answered(capfd, data=True)
    assert [name for name in declared_figures() if name not in text] == []
    for shown in ("specify: set a parameter", "calibrate: a target", "validate: compared only after", "0.0119 ± 0.0005"):
        assert shown in text
    found = json.loads(answered(capfd, data=True, as_json=True))["data"]
    assert {row["name"]: row["use"] for row in found} == {name: datum.use for name, datum in declared_figures().items()}


@pytest.mark.parametrize("data", [True, False])
def test_a_table_for_a_spreadsheet_has_a_header_and_a_row_each(data, capfd):
    rows = list(csv.DictReader(io.StringIO(answered(capfd, data=data, as_csv=True).removeprefix("\ufeff"))))
    assert [row["name"] for row in rows] == list(declared_figures() if data else declarations())
    assert float(rows[0]["value"])
    assert all(None not in row and None not in row.values() for row in rows)


def test_nothing_of_a_kind_is_an_empty_list(capfd):
    assert json.loads(answered(capfd, kind="law", actor="resident", as_json=True)) == {"parameters": []}
    assert "Parameters by actor and kind" in answered(capfd, kind="law", actor="resident")


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        (
            {"kind": "guessed"},
            "--kind: found 'guessed'; allowed are law, measured, estimated, assumed, calibrated$",
        ),
        ({"actor": "docter"}, "--actor: found 'docter'; allowed are centre, doctor, .*, prices$"),
        ({"data": True, "kind": "law"}, "--kind: found 'law'; allowed are measured, assumed, estimated"),
        ({"data": True, "actor": "doctor"}, "--actor: stands beside --data; allowed is one of them"),
        ({"as_json": True, "as_csv": True}, "--csv: stands beside --json; allowed is one of them"),
        ({"kind": ""}, "--kind: found ''; allowed are law"),
        ({"actor": "\x1b[31m"}, r"--actor: found '\\x1b\[31m'; allowed are"),
    ],
)
def test_what_is_not_there_is_refused_in_one_line_with_what_is_allowed(asked, refusal):
    with pytest.raises(ScenarioError, match=refusal) as refused:
        COMMANDS["evidence"](**(PLAIN | asked))
    assert "\n" not in str(refused.value)


def test_an_actor_is_the_first_word_of_a_key():
    assert register.actors() == (
        "centre", "doctor", "fund", "government", "hospital", "resident", "illness", "population", "prices",
    )  # fmt: skip
    parameters = register.chosen_parameters()
    assert sum(register.counts(parameters).values()) == len(declarations())
