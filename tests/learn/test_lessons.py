"""Is every lesson complete, in both languages, and is a file that is not refused with what is allowed?"""

import re
from pathlib import Path

import pytest

from dashboard.rooms.learn.case import case_texts, chosen_of, place_of
from dashboard.rooms.learn.lesson import ALIKE, HIGHER, LOWER, SAME, Lesson, Prediction, agrees, came_true, direction_of
from dashboard.rooms.learn.lessons import FOLDER, lesson, lessons, read
from dashboard.rooms.learn.outcome import following
from dashboard.texts import Texts
from experiments.paired import Difference
from model.refusal import ScenarioError

pytestmark = pytest.mark.unit

FEWEST_LESSONS = 8
NAMES = [one.name for one in lessons()]


def changed(tmp_path: Path, old: str, new: str, name: str = "stricter_gate") -> Path:
    """A copy of a lesson with one thing changed."""
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / f"{name}.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def texts_of(one: Lesson) -> list[dict[str, str]]:
    """Every text of a lesson, by language."""
    own = [one.title, one.case, one.question, one.why, one.readings, one.home, one.teacher, one.first.name, one.second.name]
    own += [text for look in one.looks for text in (look.label, look.note)]
    own += [text for prediction in one.predictions for text in (prediction.says, prediction.reply)]
    return [dict(text) for text in own + ([one.guess.reply] if one.guess else [])]


def test_there_are_enough_lessons_on_every_subject_that_was_asked_for() -> None:
    assert len(lessons()) >= FEWEST_LESSONS
    assert [one.order for one in lessons()] == sorted({one.order for one in lessons()})
    assert {"M1", "M2", "M3", "M4", "M7", "M8", "M9", "M10"} <= {name for one in lessons() for name in one.mechanisms}


@pytest.mark.parametrize("name", NAMES)
def test_a_case_is_told_in_three_sentences(name: str) -> None:
    told = lesson(name)
    assert told is not None
    assert len(re.findall(r"[.?!](?= |$)", told.case["en"])) <= 3
    assert len(re.findall(r"[。？！]", told.case["zh"])) <= 3


@pytest.mark.parametrize("name", NAMES)
def test_chinese_texts_hold_no_english_and_no_half_width_marks(name: str) -> None:
    one = lesson(name)
    assert one is not None
    wrong = [text["zh"] for text in texts_of(one) if re.search(r"[A-Za-z]{2,}|[,;:?!()]", text["zh"])]
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_one_prediction_is_what_the_model_shows_and_the_others_are_not(name: str) -> None:
    one = lesson(name)
    assert one is not None
    expected = {look.name: look.expect for look in one.looks}
    right = [prediction.name for prediction in one.predictions if came_true(prediction, expected)]
    assert len(right) == (0 if one.guess else 1)


@pytest.mark.parametrize("name", NAMES)
def test_what_gives_the_answer_away_is_hidden(name: str) -> None:
    one = lesson(name)
    assert one is not None
    shown = {look.name: look.expect for look in one.looks if not look.is_hidden}
    told_apart = [{look: way for look, way in prediction.expects.items() if look not in shown} for prediction in one.predictions]
    assert all(told_apart), "a prediction names hidden figures, or it is none"
    if one.guess:
        assert one.look(one.guess.look).is_hidden


def test_a_hidden_figure_shows_nothing_before_the_prediction() -> None:
    one = lesson("paying_for_fewer_referrals")
    assert one is not None
    told = case_texts(Texts("en"), one)["figures"]
    assert {figure["state"] for figure in told if figure["is_hidden"]} == {"hidden until you have predicted"}
    assert [figure["state"] for figure in told if not figure["is_hidden"]] == ["known from the case: lower"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("order = 10", "", "no order"),
        ("order = 10", 'order = "ten"', "a whole number from 1 to 999"),
        ('scenario = "huaxi"', 'scenario = "../huaxi"', "a file of scenarios/"),
        ('"M4"', '"M44"', "names out of M1"),
        ('"government/reimburse"', '"government/reimbursement"', "rule files such as doctor/refer"),
        ('indicator = "mean_delay_days"', 'indicator = "mean_delay"', "an indicator"),
        ('expect = "higher"', 'expect = "up"', "one of higher, lower, alike, same"),
        ("is_hidden = true", "is_hidden = 1", "true or false"),
        ("is_hidden = true", "is_hiden = true", "no is_hidden, but 'is_hiden'"),
        ('title]\nen = "A stricter gate"', 'title]\nen = ""', "a text"),
        ('zh = "更严的守门"', "", "no zh"),
        ('"government.reimburse.share_hospital" = 0.0', '"government.reimburse.share_hospitals" = 0.0', "unknown key"),
        ('"government.reimburse.share_hospital" = 0.0', '"government.reimburse.share_hospital" = 0.9', "0 to 0.3"),
        ('"government.reimburse.share_hospital" = 0.0', '"population.n_centres" = 9', "shapes the first day"),
        (
            'expects = { first_contact = "higher", missed_all = "lower" }',
            'expects = { contact = "higher" }',
            "looks: first_contact",
        ),
        ("order = 10", "order = 10\nlevel = 3", "unknown key"),
    ],
)
def test_a_lesson_that_is_not_complete_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(ScenarioError, match=re.escape(said)) as refused:
        read(changed(tmp_path, old, new))
    assert str(refused.value).startswith("stricter_gate.toml")


def test_weeks_outside_the_policy_years_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="weeks of the policy years"):
        read(changed(tmp_path, "weeks = [0, 26]", "weeks = [26, 0]", "bad_half_year"))


def test_a_lesson_asks_for_a_prediction_or_a_number_not_both(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="nothing to foresee"):
        read(changed(tmp_path, "[guess]", "[gess]", "price_and_who_stays"))


@pytest.mark.parametrize(("place", "found"), [("kept", "kept"), ("nobody", ""), ("", ""), ("kept' or 1", "")])
def test_an_address_names_one_of_the_predictions_or_none(place: str, found: str) -> None:
    one = lesson("paying_for_fewer_referrals")
    assert one is not None
    assert place_of(chosen_of(one, place)) == found


@pytest.mark.parametrize(("place", "found"), [("20", "20"), ("-60", "-60"), ("181", ""), ("1e2", ""), ("nan", ""), ("", "")])
def test_an_address_names_a_guess_within_the_slider_or_none(place: str, found: str) -> None:
    one = lesson("price_and_who_stays")
    assert one is not None
    assert place_of(chosen_of(one, place)) == found


@pytest.mark.parametrize(
    ("low", "high", "values", "direction"),
    [(0.1, 0.5, [0.2, 0.4], HIGHER), (-0.5, -0.1, [-0.4, -0.2], LOWER), (-0.1, 0.3, [0, 0.2], ALIKE), (0.0, 0.0, [0, 0], SAME)],
)
def test_a_direction_is_that_of_the_interval(low: float, high: float, values: list[float], direction: str) -> None:
    assert direction_of(Difference("share_referred", (low + high) / 2, low, high, 2), values) == direction


def test_a_prediction_comes_true_if_all_that_it_names_does() -> None:
    said = {"en": "a", "zh": "一"}
    prediction = Prediction("one", said, {"rate": LOWER, "missed": ALIKE}, said)
    assert came_true(prediction, {"rate": LOWER, "missed": SAME, "other": HIGHER})
    assert not came_true(prediction, {"rate": LOWER, "missed": HIGHER})
    assert not agrees(SAME, ALIKE)


def test_after_the_last_lesson_comes_the_first() -> None:
    assert following(lessons()[-1]) is lessons()[0]


def test_a_settings_text_never_falls_back_to_a_key() -> None:
    lines = [line for one in lessons() for side in case_texts(Texts("zh"), one)["sides"] for line in side["lines"]]
    assert not [line for line in lines if re.search(r"[a-z]+\.[a-z]+", line)]
