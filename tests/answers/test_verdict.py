"""Is a verdict only what all four readings say, and is a ranking that changes between them undetermined?"""

import math

import pytest

from experiments.answers.policy import planners_questions
from experiments.answers.short import by_kind, harms, may_harm, short_answer
from experiments.answers.verdict import Verdict, ranking, verdict
from experiments.answers.words import main_figures, with_interval, written
from experiments.paired import Difference

pytestmark = pytest.mark.unit
PASS, *_ = planners_questions()


def differences(indicator: str = "share_referred", **means: float) -> dict[str, Difference]:
    """One difference a reading; an interval of plus or minus 1 around each mean."""
    return {letter: Difference(indicator, mean, mean - 1.0, mean + 1.0, 20) for letter, mean in means.items()}


@pytest.mark.parametrize(
    ("means", "word", "details"),
    [
        ((2.0, 3.0, 1.5, 9.0), "higher in all four", "higher in A, B, C, D"),
        ((-2.0, -3.0, -1.5, -9.0), "lower in all four", "lower in A, B, C, D"),
        ((0.5, -0.9, 0.0, 1.0), "no difference shown in any", "no difference shown in A, B, C, D"),
        ((2.0, 3.0, 0.5, 9.0), "undetermined", "higher in A, B, D; no difference shown in C"),
        ((-2.0, 3.0, 0.5, -9.0), "undetermined", "higher in B; lower in A, D; no difference shown in C"),
        ((math.nan, 3.0, 3.0, 3.0), "undetermined", "higher in B, C, D; no value in A"),
        ((math.nan,) * 4, "no value in any", "no value in A, B, C, D"),
    ],
)
def test_a_verdict_holds_only_if_all_four_say_it(means, word, details):
    found = verdict(differences(**dict(zip("ABCD", means, strict=True))))
    assert (found.word, found.details) == (word, details)
    assert found.is_contradicted is ("higher" in details and "lower" in details)
    assert found.in_words == (f"undetermined ({details})" if word == "undetermined" else word)


def pairs_of(values: dict[str, dict[str, float]]) -> dict:
    names = list(values["A"])
    return {
        (one, other): differences(**{letter: by[one] - by[other] for letter, by in values.items()})
        for place, one in enumerate(names)
        for other in names[place + 1 :]
    }


def ranked(*rows: tuple[float, float, float]):
    values = {letter: dict(zip(("as it is", "x", "y"), row, strict=True)) for letter, row in zip("ABCD", rows, strict=True)}
    return ranking(["as it is", "x", "y"], values, pairs_of(values))


def test_a_ranking_is_determined_if_every_pair_stands_the_same_way_round():
    found = ranked((0.0, 5.0, 9.0), (1.0, 3.0, 7.0), (0.0, 5.0, 9.0), (-5.0, 5.0, 9.0))
    assert found.in_words == "the same in all four"
    assert set(found.orders.values()) == {"y > x > as it is"}


def test_neighbours_that_luck_may_have_put_so_are_level_and_their_order_does_not_count():
    found = ranked((0.0, 5.0, 5.5), (0.0, 5.5, 5.0), (0.0, 5.0, 5.5), (0.0, 5.0, 5.5))
    assert found.in_words == "the same in all four"
    assert (found.orders["A"], found.orders["B"]) == ("y ≈ x > as it is", "x ≈ y > as it is")


def test_a_ranking_that_changes_between_readings_is_undetermined():
    found = ranked((0.0, 5.0, 9.0), (0.0, 9.0, 5.0), (0.0, 5.0, 9.0), (0.0, 5.0, 5.5))
    assert found.reversed_pairs == (("x", "y"),)
    assert found.in_words == "undetermined (x and y change places; pairs told apart in some readings only: 0)"


def test_a_pair_that_only_some_readings_tell_apart_leaves_the_ranking_undetermined():
    found = ranked((0.0, 5.0, 9.0), (0.0, 0.5, 9.0), (0.0, 5.0, 9.0), (0.0, 5.0, 9.0))
    assert found.in_words == "undetermined (pairs told apart in some readings only: 1)"


def said(**means: tuple[float, ...]) -> dict[str, Verdict]:
    """Verdicts on all main figures; those that are not named show no difference."""
    names = main_figures()
    return {name: verdict(differences(name, **dict(zip("ABCD", means.get(name, (0.0,) * 4), strict=True)))) for name in names}


AIM = {
    letter: Difference("n_alliance_visits", mean, mean - 1, mean + 1, 20) for letter, mean in zip("ABCD", (5, 6, 7, 8), strict=True)
}


@pytest.mark.parametrize(
    ("aim", "lead"),
    [
        ((5.0, 6.0, 7.0, 8.0), "**The aim is reached in all four readings.**"),
        ((-5.0, -6.0, -7.0, -8.0), "**The opposite of the aim in all four readings.**"),
        ((0.0, 0.0, 0.0, 0.0), "**No effect on the aim is shown in any reading.**"),
        ((5.0, 6.0, 0.0, 8.0), "**Undetermined: shown in some readings only.**"),
        ((5.0, 6.0, 0.0, -8.0), "**It depends on which reading is true.**"),
    ],
)
def test_the_short_answer_says_of_the_aim_what_the_readings_say(aim, lead):
    text = short_answer(PASS, said(n_alliance_visits=aim), AIM)
    assert text.startswith(lead)
    assert "+5.00 to +8.00 visits over the readings" in text
    assert text.endswith("No other main figure is shown to get worse in any reading.")


def test_the_short_answer_names_the_price():
    verdicts = said(
        n_alliance_visits=(5.0, 6.0, 7.0, 8.0),
        n_missed_serious_per_10000_visits=(5.0, 6.0, 7.0, 8.0),
        fund_reserve_yuan=(-5.0, 0.0, 0.0, 0.0),
        own_payment_yuan=(-5.0, 0.0, 0.0, 0.0),
    )
    text = short_answer(PASS, verdicts, AIM)
    assert text.startswith("**The aim is reached in all four readings, at a price in all four.**")
    assert "For the worse in all four: serious illness sent home per 10,000 alliance visits." in text
    assert text.endswith("For the worse in some readings only: the fund's reserve at the end.")
    assert [name for name in verdicts if harms(name, verdicts[name])] == ["n_missed_serious_per_10000_visits"]
    assert [name for name in verdicts if may_harm(name, verdicts[name])] == ["fund_reserve_yuan"]


def test_every_main_figure_stands_under_one_kind():
    lines = by_kind(said(own_payment_yuan=(-5.0,) * 4, share_referred=(2.0,) * 4, fund_reserve_yuan=(-5.0, 5.0, 0.0, 0.0)))
    assert lines[0] == "- For the better in all four: families' own payments (lower)."
    assert lines[1].endswith("with other figures: recorded referrals per alliance visit (higher).")
    assert lines[2].endswith("the fund's reserve at the end (higher in B; lower in A; no difference shown in C, D).")
    assert len(lines) == 4
    assert lines[3].count(";") == len(main_figures()) - 4


def test_differences_are_written_in_the_unit_of_the_figure():
    assert written("share_referred", 0.00123) == "+0.123"
    assert written("fund_reserve_yuan", -1_234_567.0) == "−1,235"
    assert written("n_alliance_visits", 0.0) == "0"
    assert written("n_alliance_visits", math.nan) == "no value"
    assert with_interval(Difference("share_referred", 0.01, 0.005, 0.015, 3)) == "+1.00 (+0.500 to +1.50)"


def test_a_difference_that_shows_no_digit_is_none_however_sure():
    tiny = {letter: Difference("mean_trust_alliance", 3e-7, 2e-7, 4e-7, 20) for letter in "ABCD"}
    assert verdict(tiny).word == "no difference shown in any"
    assert with_interval(tiny["A"]) == "0 (0 to 0)"
    seen = {letter: Difference("mean_trust_alliance", 6e-7, 5e-7, 7e-7, 20) for letter in "ABCD"}
    assert verdict(seen).word == "higher in all four"
