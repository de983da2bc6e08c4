"""Does every lesson still show what it says, in the worlds in which the room runs it?

The whole zone, as the room: with fewer children there are so few alliance doctors that half of the directions drown in luck.
"""

import pytest

from dashboard.rooms.learn.lesson import agrees, came_true
from dashboard.rooms.learn.lessons import lessons
from dashboard.rooms.learn.run import run

pytestmark = [pytest.mark.pattern, pytest.mark.slow]


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.name)
def test_a_lesson_claims_only_what_the_model_shows(lesson):
    came = run(lesson, lambda _: None)
    wrong = [f"{one.look.name}: {one.direction}" for one in came.figures if not agrees(one.look.expect, one.direction)]
    assert wrong == []
    if lesson.predictions:
        assert len([one for one in lesson.predictions if came_true(one, came.directions)]) == 1
    else:
        guessed = next(one for one in came.figures if one.look.name == lesson.guess.look)
        assert lesson.guess.low < guessed.percent.low < guessed.percent.high < lesson.guess.high
