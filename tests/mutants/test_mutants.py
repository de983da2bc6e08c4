"""Is the mutation tool to be trusted: the same mutants each time, a kill where one is due, and none where none is?"""

import ast
import json
import os
import subprocess
import sys

import pytest

from tests.mutants.branches import Watch, jumps_of
from tests.mutants.mutate import ROOT, RULE_FILES, all_mutants, mutants_of
from tests.mutants.page import reasons
from tests.mutants.sample import LEAST, sampled, shares

pytestmark = pytest.mark.convention

SEED, NUMBER = 4, 200
PAGE = ROOT / "docs/mutants.md"
RULE = '''"""A rule."""


def rule(k, a, b):
    """Its sentence, with 1 + 1 in it."""
    if a < k.low and b != 0:
        return min(k.high, a - b)
    return a * 2.0
'''


def asked(*words: str) -> str:
    """What another Python prints, with a hash seed of its own."""
    command, environment = [sys.executable, "-m", *words], os.environ | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "99"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def possible():
    return all_mutants()


def test_the_mutants_of_a_small_rule_are_those_worked_out_by_hand():
    changes = {(mutant.before.strip(), mutant.after.strip()) for mutant in mutants_of("agents/x/rule.py", RULE)}
    condition, clamp, last = "if a < k.low and b != 0:", "return min(k.high, a - b)", "return a * 2.0"
    by_hand = {
        (condition, "if a <= k.low and b != 0:"),
        (condition, "if a < k.high and b != 0:"),
        (condition, "if a < k.low and b == 0:"),
        (condition, "if a < k.low and b != 1:"),
        (condition, "if ((a < k.low) or (b != 0)):"),
        (condition, "if (not (a < k.low and b != 0)):"),
        (condition, "if True:"),
        (clamp, "return max(k.high, (a - b))"),
        (clamp, "return (a - b)"),
        (clamp, "return k.high"),
        (clamp, "return min(k.high, (a + b))"),
        (clamp, "return min(k.high, (b - a))"),
        (clamp, "return min(k.high, b - b)"),
        (last, "return (a / 2.0)"),
        (last, "return a * 1.0"),
        (last, "return a"),
        (last, "return b * 2.0"),
    }
    assert by_hand <= changes
    assert not any("sentence" in before for before, _ in changes), "a docstring is no code"


def test_no_mutant_is_the_rule_itself_or_another_mutant(possible):
    trees = {(mutant.rule, ast.dump(ast.parse(mutant.source))) for mutant in possible}
    assert len(trees) == len(possible) == len({mutant.id for mutant in possible})
    assert trees.isdisjoint((path.relative_to(ROOT).as_posix(), ast.dump(ast.parse(path.read_bytes()))) for path in RULE_FILES)


def test_every_rule_gets_some_mutants(possible):
    tried = sampled(possible, SEED, NUMBER)
    assert len(tried) == NUMBER
    by_rule = {path.relative_to(ROOT).as_posix(): 0 for path in RULE_FILES}
    for mutant in tried:
        by_rule[mutant.rule] += 1
    assert min(by_rule.values()) >= LEAST


def test_a_sample_is_shared_out_in_proportion_beyond_the_least():
    assert shares({"a": 100, "b": 50, "c": 2}, 20) == {"a": 11, "b": 7, "c": 2}  # 3, 3, 2; of 12 left 8.08 and 3.92
    assert shares({"a": 2, "b": 3}, 100) == {"a": 2, "b": 3}
    assert shares({"a": 9, "b": 9}, 2) == {"a": 1, "b": 1}


def test_another_process_with_another_hash_seed_draws_the_same_mutants(possible):
    listed = [line.split()[0] for line in asked("tests.mutants", "--list").splitlines() if not line.startswith(" ")]
    assert listed == [mutant.id for mutant in sampled(possible, SEED, NUMBER)]


@pytest.mark.slow
def test_planted_mutants_meet_their_fates():
    fates = json.loads(asked("tests.mutants.planted"))
    assert fates["wrong"][0] == "own tests"
    assert fates["same"] == ["alive", ""]
    assert fates["endless"] == ["own tests", "it never ends"]
    assert fates["seen by the world only"][0] == "golden run"


def test_a_way_that_no_test_takes_is_seen_inside_a_line():
    def rule(a, b):
        return 1 if a and b else 0

    jumps = jumps_of(rule.__code__)
    with Watch([rule.__code__]) as watch:
        rule(1, 1)
        after_one = [watch.n_ways(jump) for jump in jumps]
        rule(0, 1)
        rule(1, 0)
    assert after_one == [1, 1]
    assert [watch.n_ways(jump) for jump in jumps] == [2, 2]


def test_the_page_is_of_this_seed_and_shows_what_was_aimed_at():
    head = PAGE.read_text(encoding="utf-8").partition("## By rule")[0]
    assert f"{NUMBER} small mistakes, drawn with seed {SEED} " in head
    assert f"`python -m tests.mutants --seed {SEED} --number {NUMBER}`" in head
    rate = float(head.partition("**Kill rate by the rule's own tests ")[2].partition(" %")[0])
    assert rate >= 80.0


def test_every_survivor_on_the_page_is_explained(possible):
    text, known = PAGE.read_text(encoding="utf-8"), {mutant.id for mutant in possible}
    shown = [line.rsplit("(`", 1)[1].removesuffix("`)") for line in text.splitlines() if line.startswith("### ")]
    assert "Not explained yet" not in text
    assert set(shown) <= known, "a rule was edited: run the tool anew"


def test_no_reason_is_kept_for_a_mutant_that_no_longer_exists(possible):
    assert set(reasons()) <= {mutant.id for mutant in possible}
    assert all(set(reason) == {"is", "why"} and reason["is"] in ("equivalent", "untested") for reason in reasons().values())
