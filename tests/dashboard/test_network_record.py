"""Does the network's room say in words what its film holds, whatever an address asks for?"""

import json
from collections.abc import Iterator

import numpy as np
import pytest

from dashboard import worlds
from dashboard.rooms.network import films, record, words
from dashboard.rooms.network.film import Film
from dashboard.rooms.network.films import film_of
from dashboard.rooms.network.names import Names, Node, mark_of, months_of, node_of, quarter_of
from dashboard.rooms.network.picture import FLOWS, USUAL, film_message, ring_message, shown_of, words_message
from dashboard.texts import Texts
from tests.dashboard.conftest import small_worlds

pytestmark = pytest.mark.unit

SETTINGS = (("hospital.accredit.pass_rate", 0.6),)


@pytest.fixture(scope="module")
def base() -> Iterator[worlds.Base]:
    with small_worlds(1500):
        yield worlds.base()


@pytest.fixture(scope="module")
def film(base: worlds.Base) -> Film:
    return film_of(base, 1, SETTINGS, lambda done: None)


@pytest.mark.parametrize("text", ["", "site-9999", "site--1", "doctor-", "SITE-1", "site-1 ", "<b>", "community-１", None, 3])
def test_what_names_no_node_means_the_whole_zone(film: Film, text: object) -> None:
    assert node_of(text, film.ground) == Node()


def test_every_node_is_found_by_its_own_name(film: Film) -> None:
    assert node_of("doctor-2", film.ground) == Node("doctor", 2)
    assert str(node_of("community-1", film.ground)) == "community-1"


@pytest.mark.parametrize("text", ["", "trust.sideways", "nothing", "load.first.x", "<script>"])
def test_what_no_control_could_ask_for_shows_the_usual(text: str) -> None:
    assert shown_of(text) == USUAL


def test_a_picture_may_have_no_lines_and_each_kind_once() -> None:
    assert shown_of("skill") == ("skill",)
    assert shown_of("load.referral.first.first") == ("load", "first", "referral")


def test_quarters_are_found_by_their_marks(film: Film) -> None:
    assert mark_of(film, 0) == "2017-q4"
    assert [quarter_of(film, mark_of(film, at)) for at in range(len(film))] == list(range(len(film)))
    assert quarter_of(film, "1999-q1") == quarter_of(film, "") == len(film) - 1


def test_quarters_are_said_by_their_months(film: Film) -> None:
    said = {language: [months_of(Texts(language), film, at) for at in range(len(film))] for language in ("en", "zh")}
    assert said["en"][:2] == ["November to December 2017", "January to March 2018"]
    assert said["zh"][-1] == "2025年10月至12月"
    assert len(set(said["en"])) == len(film)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("table", ["zone", "site", "community", "doctor"])
def test_every_node_has_a_record_for_every_quarter(base: worlds.Base, film: Film, table: str, language: str) -> None:
    texts = Texts(language)
    names = Names(texts, film.ground, base.scenario)
    rows = {"zone": [-1], "site": range(len(film.ground.kind)), "community": [0, 1], "doctor": [0, 5, 9]}[table]
    for row in rows:
        told = json.loads(record.record_message(texts, names, Node(table, row), film, film))
        assert told["title"]
        assert all(len(line["shown"]) == len(line["other"]) == len(film) for line in told["lines"])
        assert all(0 <= event["at"] < len(film) for event in told["events"])


def test_a_certificate_is_told_since_when_it_holds(base: worlds.Base, film: Film) -> None:
    texts = Texts("en")
    at, row = (int(place[0]) for place in np.nonzero(film.doctors["is_accredited"]))
    told = json.loads(record.record_message(texts, Names(texts, film.ground, base.scenario), Node("doctor", row), film, None))
    certificate = next(line for line in told["lines"] if line["label"] == "Certificate")
    assert certificate["shown"][at].startswith("since ")
    assert certificate["other"] == []


def test_the_map_holds_every_place_and_no_other_number(film: Film, base: worlds.Base) -> None:
    names = Names(Texts("en"), film.ground, base.scenario)
    message = json.loads(film_message(film))  # strict JSON: what is not a number is null
    said = json.loads(words_message(Texts("en"), film, names, record.sentences(Texts("en"), film)))
    n_nodes = len(film.ground.kind) + len(film.ground.community_x_km)
    assert {len(message[name]) for name in ("ids", "kinds", "x", "y")} == {n_nodes} == {len(said["names"])}
    assert all(len(values) == n_nodes for colour in message["colours"].values() for values in colour)
    assert set(message["edges"]) == set(FLOWS)
    assert all(len(flow) == len(kind["ties"]) for kind in message["edges"].values() for flow in kind["flow"])
    assert "NaN" not in film_message(film) + ring_message(film, 0, names)


def test_a_sentence_counts_certificates_and_doctors_in_post(film: Film) -> None:
    said = record.sentences(Texts("en"), film)
    n_accredited, n_in_post = int(film.zone["n_accredited_doctors"][-1]), int((film.doctors["is_vacant"][-1] == 0).sum())
    assert said[-1].startswith(f"{n_accredited} of {n_in_post} family doctors hold a certificate.")


def test_numbers_to_take_away_have_a_row_for_each_place_and_quarter(base: worlds.Base, film: Film) -> None:
    frame = record.frame_of(Names(Texts("zh"), film.ground, base.scenario), film)
    assert len(frame) == len(film) * len(film.ground.kind)
    assert not frame.duplicated(["quarter", "site"]).any()


def test_everything_can_be_chosen_from_the_list(base: worlds.Base, film: Film) -> None:
    names = Names(Texts("en"), film.ground, base.scenario)
    listed = [node for group in words.groups(Texts("en"), names, film) for node, _ in group["nodes"]]
    assert len(listed) == len(set(listed)) == len(film.ground.kind) + len(film.ground.community_x_km)
    assert all(str(node_of(node, film.ground)) == node for node in listed)


def test_a_district_of_ones_own_keeps_its_names() -> None:
    base = worlds.base("qinghe")
    film = films.past_of(base, 1, lambda done: None)
    names = Names(Texts("en"), film.ground, base.scenario)
    district = base.scenario.district
    assert district is not None
    assert {names.of(Node("site", row)) for row in range(len(film.ground.kind))} == {one.name for one in district.providers}
    kinds = {one.name: one.kind for one in district.providers}
    assert all(kinds[names.site(row)] == kind for row, kind in enumerate(film.ground.kind))
