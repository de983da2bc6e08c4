"""Does the room About say of every number and every term what is declared, and find what is searched for?"""

import pytest

import alliance
from dashboard.rooms.about.citation import apa, bibtex, facts, facts_of
from dashboard.rooms.about.glossary import is_found, listed, terms
from dashboard.rooms.about.numbers import as_frame, exact, row, table
from dashboard.rooms.about.places import choose, read
from dashboard.rooms.about.search import Wish, wanted, wish
from dashboard.session import Session
from dashboard.texts import LANGUAGES, Texts
from experiments.evidence.strength import strength
from model.parameters import declarations

pytestmark = pytest.mark.unit

SCENARIO = alliance.load("scenarios/huaxi.toml")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_has_its_row_with_name_value_range_evidence_and_what_it_moves(language: str) -> None:
    rows = table(Texts(language), SCENARIO)
    assert list(rows) == list(declarations())
    for key, said in rows.items():
        assert all(said[part] for part in ("name", "meaning", "value", "range", "kind", "moves", "actor", "role")), key
        assert said["source"] or said["because"], key
        assert (said["assumption"] == "") == (declarations()[key].kind != "assumed"), key
        assert said["name"] != key


def test_a_value_is_written_without_loss_that_anybody_would_see() -> None:
    declared = declarations()["illness.share_serious"]
    assert exact(Texts("en"), declared, 0.0078) == "0.78%"
    assert exact(Texts("en"), declared, 0.000123456) == "0.012346%"
    money = declarations()["centre.invest.yuan_per_added_weekly_visit"]
    assert exact(Texts("en"), money, 123456.0) == "123,456 yuan"
    assert exact(Texts("zh"), money, -0.5) == "\u22120.5元"


def test_a_value_that_the_scenario_sets_says_what_is_usual() -> None:
    moved = [key for key, declared in declarations().items() if SCENARIO.parameter(key).value != declared.value]
    assert moved
    said = row(Texts("en"), declarations()[moved[0]], SCENARIO.parameter(moved[0]).value)
    assert said["declared"].startswith("Usually ")


def test_words_are_found_in_both_languages_in_keys_and_by_the_number_of_an_assumption() -> None:
    assert set(wanted(Wish(find="转诊"))) & set(wanted(Wish(find="referral")))
    assert wanted(Wish(find="fund.surplus.reinvested_share")) == ["fund.surplus.reinvested_share"]
    assert any(declarations()[key].assumption == 56 for key in wanted(Wish(find="assumption 56")))
    assert wanted(Wish(find="no such word")) == []


def test_filters_leave_what_they_name_and_orders_order() -> None:
    assert len(wanted(Wish())) == len(declarations())
    assert len(wanted(Wish(kind="assumed"))) == sum(one.kind == "assumed" for one in declarations().values())
    both = wanted(Wish(actor="fund", role="lever"))
    assert both
    assert all(key.startswith("fund.") and declarations()[key].role == "lever" for key in both)
    known = [strength(declarations()[key]) for key in wanted(Wish(order="weak"))]
    assert known == sorted(known)


def test_what_an_address_asks_for_and_nobody_offers_is_not_asked_for() -> None:
    assert wish({"kind": "<b>", "actor": "nobody", "order": "strength", "find": "trust"}) == Wish(find="trust")


def test_the_file_holds_every_digit_of_what_is_shown() -> None:
    frame = as_frame(SCENARIO, ["illness.share_serious"])
    assert frame["value"].item() == declarations()["illness.share_serious"].value
    assert frame["name_zh"].item() == Texts("zh").name_of("illness.share_serious")
    assert list(as_frame(SCENARIO, []).columns) == list(frame.columns)


def test_choices_that_no_control_could_send_change_nothing() -> None:
    session = Session("en", "/about", "?about_kind=law")
    for what in (
        None,
        1,
        "find",
        {},
        {"name": "kind", "value": "<b>"},
        {"name": "page", "value": "odd"},
        {"name": ["find"], "value": "a"},
    ):
        choose(session, what)
    for name in (None, "../etc", "lay.md", {"name": "odd"}):
        read(session, name)
    assert session.place("about_kind").value == "law"
    assert session.place("about_page").value == ""
    choose(session, {"name": "find", "value": "x" * 1000})
    assert len(session.place("about_find").value) == 80


def test_another_page_forgets_what_was_searched_for() -> None:
    session = Session("en", "/about", "?about_page=numbers&about_find=trust")
    read(session, "glossary")
    assert (session.place("about_page").value, session.place("about_find").value) == ("glossary", "")
    read(session, "lay")
    assert session.place("about_page").value == ""


def test_every_term_of_the_glossary_is_listed_in_the_language_of_the_page() -> None:
    assert len(terms()) > 100
    assert all(all(term) for term in terms())
    referral = next(term for term in terms() if term[0] == "recorded referral")
    assert listed(referral, "zh")[0] == referral[1]
    assert is_found(referral, "RECORDED")
    assert not is_found(referral, "premium")


def test_the_citation_names_title_version_engine_and_year() -> None:
    said = facts()
    assert f"({said['date-released'][:4]})" in apa(said, "0.1.0+abc")
    assert f"year = {{{said['date-released'][:4]}}}" in bibtex(said, "0.1.0+abc")


def test_the_citation_names_no_year_that_nobody_said() -> None:
    said = facts() | {"year": "", "version": "0.1.0"}
    line = apa(said, "0.1.0+abc")
    assert line.startswith("The alliance simulator developers. (n.d.). Alliance simulator")
    assert line.endswith("(Version 0.1.0; engine 0.1.0+abc) [Computer software].")
    entry = bibtex(said, "0.1.0+abc")
    assert "year" not in entry
    assert entry.count("{") == entry.count("}")


def test_a_citation_file_with_persons_and_a_date_is_understood() -> None:
    people = 'authors:\n  - family-names: Li\n    given-names: Wei\n  - name: "Group"\n'
    text = f'title: "T"\n{people}version: "2"\nlicense: MIT\ndate-released: 2027-01-02\n'
    assert apa(facts_of(text), "e") == "Li, W. & Group. (2027). T (Version 2; engine e) [Computer software]."
    assert "author = {{Li, W. and Group}}" in bibtex(facts_of(text), "e")
