"""Does a course of validation keep what is done, go on where it was stopped, and say what it left out?"""

from html.parser import HTMLParser
from pathlib import Path

import pytest
import typer

from experiments.mechanism_list import MECHANISMS
from experiments.validation import course, keep, report_html
from experiments.validation.check import Check, Picture
from experiments.validation.course_mechanisms import known_not_shown, name_of
from experiments.validation.course_report import assemble
from experiments.validation.report import HEADINGS
from model.known import declared_figures
from model.refusal import ScenarioError
from terminal import validate

unit, case = pytest.mark.unit, pytest.mark.case
HUAXI = validate.HUAXI
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'


def a_check(distance: float | None = 0.5) -> Check:
    return Check("verification", "a", "Is it so?", "1", "2", distance, "holds")


@unit
def test_what_is_kept_is_not_done_again(tmp_path):
    done: list[int] = []

    def make() -> dict:
        done.append(1)
        return keep.packed([a_check(distance=float("inf"))], [Picture("p", "P", SVG, "s")])

    def get(engine: str = "one", asked: object = 1) -> keep.Kept:
        return keep.Keeper(tmp_path, engine, "2026-01-31").get("a step: x", asked, make)

    first, again = get(), get()
    assert (first, len(done)) == (again, 1)
    assert keep.unpacked(again.found) == ([a_check(distance=float("inf"))], [Picture("p", "P", SVG, "s")])
    get(asked=2)
    get("other", 2)
    assert len(done) == 3
    path = keep.Keeper(tmp_path, "other", "").path("a step: x")
    path.write_bytes(path.read_bytes()[:40])
    get("other", 2)
    assert len(done) == 4


def a_course(monkeypatch: pytest.MonkeyPatch, makes: dict) -> course.Asked:
    """A course of these steps."""
    asked = course.read_asked(HUAXI, course.QUICK, 1, [])
    listed = [course.Step("extremes", name, None, make) for name, make in makes.items()]
    monkeypatch.setattr(course, "steps", lambda _: listed)
    return asked


def finished(_: object) -> dict:
    return keep.packed([a_check()], [])


@unit
def test_a_course_that_was_stopped_goes_on_with_the_rest(tmp_path, monkeypatch):
    done: list[str] = []

    def first(_: object) -> dict:
        done.append("first")
        return finished(None)

    def second(_: object) -> dict:
        done.append("second")
        if done.count("second") == 1:
            raise KeyboardInterrupt
        return finished(None)

    asked = a_course(monkeypatch, {"first": first, "second": second})
    keeper = keep.Keeper(tmp_path, "engine", "2026-01-31")
    with pytest.raises(KeyboardInterrupt):
        list(course.run(asked, keeper, lambda *_: lambda *_: None))
    assert len(list(course.run(asked, keeper, lambda *_: lambda *_: None))) == 2
    assert done == ["first", "second", "second"]


@unit
def test_a_part_that_breaks_fails_in_the_report_and_is_tried_again(tmp_path, monkeypatch):
    def broken(_: object) -> dict:
        raise ZeroDivisionError("a < b")

    def refused(_: object) -> dict:
        raise ScenarioError("district.toml", "has no hospital", "allowed is one")

    asked = a_course(monkeypatch, {"broken": broken, "refused": refused, "fine": finished})
    keeper = keep.Keeper(tmp_path, "engine", "2026-01-31")
    done = list(course.run(asked, keeper, lambda *_: lambda *_: None))
    report = assemble(asked, done, "command", "engine", "2026-01-31")
    assert [check.name for check in report.unexpected()] == ["broken: broke"]
    assert "refused: not for this scenario" in [check.name for check in report.checks if check.verdict == "open"]
    assert [path.name for path in (tmp_path / keep.PARTS).iterdir()] == ["fine.json"]
    assert "ZeroDivisionError: a &lt; b" in report_html.page(report)


@unit
def test_what_is_left_out_is_said_to_be():
    asked = course.read_asked(HUAXI, course.QUICK, 1, ["twin", "mechanisms"])
    assert {step.group for step in course.steps(asked)} == set(course.GROUPS) - {"twin", "mechanisms", "eye"}
    report = assemble(asked, [], "command", "engine", "2026-01-31")
    said = [check for check in report.checks if "Left out with --without" in check.because]
    assert [(check.heading, check.verdict) for check in said] == [("cross", "open"), ("face", "open")]


@unit
def test_readings_beside_the_scenario_are_held_against_the_data_too(tmp_path):
    (tmp_path / "readings").mkdir()
    for name in ("case.toml", "readings/skill.toml", "readings/penalty.toml"):
        (tmp_path / name).write_text('title = "A reading"\n', encoding="utf-8")
    asked = course.read_asked(tmp_path / "case.toml", course.FULL, 1, [])
    assert list(asked.worlds) == ["case", "penalty", "skill"]
    named = [step.name for step in course.steps(asked) if step.group == "fit"]
    assert named == ["fit of case", "fit of penalty", "fit of skill"]


@unit
def test_mechanisms_that_the_page_reports_as_not_shown_are_known():
    claims = {
        name_of(one.name, claim.says + (f", weeks {claim.weeks[0]} to {claim.weeks[1]}" if claim.weeks else ""), claim.indicator)
        for one in MECHANISMS
        for claim in one.claims
    }
    known = known_not_shown()
    assert known
    assert set(known) <= claims
    assert known_not_shown(Path("no such page")) == {}


@unit
def test_every_known_failure_gives_its_reason():
    known = course.known_failures()
    data = set(declared_figures())
    assert all(reason.strip() for reason in known.values())
    others = {name.rpartition(": ")[2] for name in known if name not in known_not_shown()}
    assert {name for name in others if not name.startswith("mean_field_")} <= data


@unit
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"out": None}, "--out: is not given; allowed is --out DIR, where the report is written"),
        ({"today": "31.1.2026"}, "--date: '31.1.2026'; allowed is a date such as 2026-01-31"),
        ({"workers": "0"}, "--workers: '0'; allowed is a whole number from 1 to 1,024"),
        ({"without": ["magic"]}, "--without: 'magic'; allowed are closed-forms, extremes, twin, fit,"),
        ({"scenario": Path("none.toml")}, "none.toml"),
    ],
)
def test_bad_input_is_answered_in_one_line(options, said, tmp_path):
    with pytest.raises(ScenarioError) as refusal:
        validate.validate(**({"scenario": HUAXI, "out": tmp_path} | options))
    assert str(refusal.value).startswith(said)
    assert "\n" not in str(refusal.value)
    assert list(tmp_path.iterdir()) == []


TINY = course.Effort("tiny", fit_seeds=2, fit_children=400)
SMALL = course.Effort("small", 300, 400, 1, 3, 20_000, 2, 20_000, 2, 2, 400)


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def outcome_of(out: Path, without: list[str]) -> int:
    """The exit code."""
    try:
        validate.validate(HUAXI, out, quick=True, workers="1", without=without, today="2026-01-31")
    except typer.Exit as end:
        return end.exit_code
    return 0


@case
def test_the_fit_alone_makes_a_report_with_pictures(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(course, "QUICK", TINY)
    without = [name for name in course.GROUPS if name not in ("fit", "evidence")]
    code = outcome_of(tmp_path / "out", without)
    captured = capfd.readouterr()
    assert code == ("that nobody expected" in captured.err)
    assert "checks: " in captured.out
    files = written(tmp_path / "out")
    assert {"validation.html", "validation.md", "fit.svg", "evidence.svg", "fit-of-huaxi.json"} <= set(files)
    HTMLParser().feed(files["validation.html"].decode())
    assert outcome_of(tmp_path / "out", without) == code
    assert written(tmp_path / "out") == files


@case
@pytest.mark.slow
def test_everything_runs_on_a_small_zone(tmp_path, monkeypatch):
    monkeypatch.setattr(course, "QUICK", SMALL)
    monkeypatch.setattr(course, "MECHANISMS", MECHANISMS[:1])
    outcome_of(tmp_path / "out", [])
    text = written(tmp_path / "out")["validation.md"].decode()
    assert ": broke" not in text
    assert "M12 budgets" in text
    assert all(f"## {title}" in text for title, _ in HEADINGS.values())
