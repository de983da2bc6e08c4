"""What is badly known and moves the answer?"""

import math
import re
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest

from experiments.evidence.influence_table import read_influence
from experiments.evidence.picture import (
    HEIGHT,
    MOST_NAMES,
    NAMES_AT,
    NUMBER_WIDTH,
    RADIUS,
    WIDEST_LETTER,
    WIDTH,
    evidence_picture,
    name_size,
)
from experiments.evidence.strength import dangerous, standings
from model.parameters import declarations
from model.refusal import ScenarioError

pytestmark = pytest.mark.unit

SVG = "{http://www.w3.org/2000/svg}"


def parts(picture: bytes, kind: str) -> list[ET.Element]:
    return list(ET.fromstring(picture).iter(f"{SVG}{kind}"))  # noqa: S314  our own drawing


def drawn(picture: bytes) -> list[tuple[float, float, float, str]]:
    """Every dot of a parameter: place, radius, what it is."""
    circles = [circle for circle in parts(picture, "circle") if circle.find(f"{SVG}title") is not None]
    return [(float(c.attrib["cx"]), float(c.attrib["cy"]), float(c.attrib["r"]), c.findtext(f"{SVG}title") or "") for c in circles]


@pytest.fixture(scope="module")
def picture() -> bytes:
    return evidence_picture(read_influence(), "Evidence against influence")


def test_same_figures_give_the_same_bytes_in_any_order(picture):
    turned = dict(reversed(read_influence().items()))
    assert evidence_picture(turned, "Evidence against influence") == picture


def test_every_parameter_has_a_dot_inside_the_drawing(picture):
    dots = drawn(picture)
    assert len(dots) == len(declarations())
    assert all(0 < x < NAMES_AT and 0 < y < HEIGHT for x, y, _, _ in dots)


def test_no_dot_covers_another(picture):
    overlaps = [(a[3], b[3]) for a, b in combinations(drawn(picture), 2) if math.dist(a[:2], b[:2]) < a[2] + b[2] - 0.2]
    assert overlaps == []


def test_names_stand_on_lines_of_their_own_and_end_within_the_picture(picture):
    named = [each.name for each in dangerous(standings(read_influence()))][:MOST_NAMES]
    texts = [text for text in parts(picture, "text") if text.text in declarations()]
    assert [text.text for text in texts] == named
    heights = [float(text.attrib["y"]) for text in texts]
    assert all(after - before >= 14 for before, after in pairwise(heights))
    assert max(heights) < HEIGHT - RADIUS
    assert all(float(text.attrib["x"]) == NAMES_AT + NUMBER_WIDTH < WIDTH for text in texts)


def test_every_key_would_find_room_beside_the_field_in_letters_that_can_be_read():
    for key in declarations():
        assert NAMES_AT + NUMBER_WIDTH + WIDEST_LETTER * name_size(key) * len(key) <= WIDTH
        assert name_size(key) >= 10


def test_more_names_than_room_are_counted():
    found = evidence_picture(dict.fromkeys(declarations(), 2.0), "All alike").decode()
    n_more = re.search(r"and (\d+) more", found)
    corner = dangerous(standings(dict.fromkeys(declarations(), 2.0)))
    assert n_more
    assert int(n_more[1]) == len(corner) - MOST_NAMES


@pytest.mark.parametrize("influence", [{}, {"doctor.refer.caution": 0.0}, {"doctor.refer.caution": math.inf}])
def test_a_picture_without_much_to_show_is_a_picture(influence):
    assert len(drawn(evidence_picture(influence, "Nothing"))) == len(influence)


def test_an_outlier_and_what_moves_nothing_stand_at_the_edges():
    figures = {key: 10.0 + n for n, key in enumerate(declarations())} | {"doctor.refer.caution": 1e16, "illness.days_to_alarm": 0.0}
    text = evidence_picture(figures, "Edges").decode()
    assert "1 with less stand at the bottom edge; 1 with more at the top edge." in text


def test_a_title_is_text_and_no_markup():
    assert b"&lt;script&gt;" in evidence_picture({}, "<script>")


def test_the_page_of_influences_is_read_and_another_page_refused(tmp_path):
    found = read_influence()
    assert set(found) == set(declarations())
    assert min(found.values()) >= 0
    other = tmp_path / "other.md"
    other.write_text("# Nothing\n")
    with pytest.raises(ScenarioError, match=r"other\.md: holds no table of influences; allowed is"):
        read_influence(other)
