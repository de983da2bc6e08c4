"""Looking closely: compare two scenarios, tell the story of one child, doctor or place, draw the network."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from model.refusal import ScenarioError, printable, shortened
from model.typed import typed
from terminal.progress import progress

if TYPE_CHECKING:
    from experiments.request import Request
    from experiments.trace.story import Chapter, Story

WIDTH_OF_A_FILE = 132  # columns, where the output is no terminal

Scenario = Annotated[str, typer.Argument(metavar="SCENARIO", help="A scenario file: scenarios/huaxi.toml")]
Seed = Annotated[str, typer.Option(metavar="N", help="The luck of the world.")]
Children = Annotated[str | None, typer.Option(metavar="N", help="Children in the zone; places in proportion.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


def console() -> Console:
    """Standard output, wide where neither a terminal nor COLUMNS limits it."""
    found = Console()
    return found if found.is_terminal or os.environ.get("COLUMNS", "").isdecimal() else Console(width=WIDTH_OF_A_FILE)


# -- compare --------------------------------------------------------------------------------------------------------


def compare(
    first: Annotated[str, typer.Argument(metavar="A", help="A scenario file.")],
    second: Annotated[str | None, typer.Argument(metavar="B", help="Another; may be left out with --set-b.")] = None,
    seeds: Annotated[str, typer.Option(metavar="N", help="How many seeds; several give 95 % intervals.")] = "20",
    seed: Annotated[str, typer.Option(metavar="N", help="The first of them.")] = "1",
    settings: Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Set a parameter of both.")] = None,
    settings_b: Annotated[list[str] | None, typer.Option("--set-b", metavar="KEY=VALUE", help="Set one of B only.")] = None,
    from_date: Annotated[str | None, typer.Option("--from", metavar="DATE", help="When --set-b begins, if dated.")] = None,
    children: Children = None,
    weeks: Annotated[str | None, typer.Option(metavar="N", help="Weeks after the burn-in; left out: the scenario's.")] = None,
    period: Annotated[str, typer.Option(metavar="NAME", help="What figures cover: policy, history, case (both).")] = "policy",
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write differences.parquet and compare.json there.")] = None,
    as_json: AsJson = False,
) -> None:
    """Compare two scenarios on the same children with the same luck: paired differences with 95 % intervals."""
    from experiments.request import read_date, read_request
    from experiments.store import check_folder, write_files
    from model.settings import read_settings

    if second is None and not settings_b:
        raise ScenarioError("B", "there is no second scenario", "allowed is a scenario file, or --set-b KEY=VALUE")
    options: dict[str, Any] = {
        "seed": seed,
        "seeds": seeds,
        "settings": settings or [],
        "children": children,
        "weeks": weeks,
        "period": period,
    }
    one, other = read_request(first, **options), read_request(second or first, **options)
    n_weeks = min(one.n_weeks, other.n_weeks)
    one, other = replace(one, n_weeks=n_weeks), replace(other, n_weeks=n_weeks)
    day = None if from_date is None else read_date(from_date, n_weeks, has_settings=bool(settings_b))
    if settings_b:
        wanted = read_settings(settings_b, "--set-b")
        other = replace(other, scenario=other.scenario.with_settings(wanted, day, "--set-b"))
    if out is not None:
        check_folder(out)
    from experiments import contrast, record
    from experiments.compare import compare as compare_worlds
    from experiments.compare import n_weeks_to_run

    with progress(n_weeks_to_run(one, other)) as on_week:
        found = compare_worlds(one, other, on_week)
    if out is not None:
        write_files(out, contrast.result_files(found))
    if as_json:
        print(record.strict_json(contrast.outcome(found)), end="")
    else:
        console().print(contrast.contrast(found))


# -- trace ----------------------------------------------------------------------------------------------------------


def trace(
    scenario: Scenario,
    child: Annotated[str | None, typer.Option(metavar="N", help="Whose story: a child.")] = None,
    doctor: Annotated[str | None, typer.Option(metavar="N", help="Or a family doctor, quarter by quarter.")] = None,
    site: Annotated[str | None, typer.Option(metavar="N", help="Or a centre, clinic or hospital.")] = None,
    pick: Annotated[str | None, typer.Option(metavar="KIND", help="List such children: missed, costly, often, ...")] = None,
    against: Annotated[
        str | None, typer.Option(metavar="B", help="The same agent in another scenario, and where they part.")
    ] = None,
    seed: Seed = "1",
    children: Children = None,
    settings: Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Set a parameter.")] = None,
    from_when: Annotated[str | None, typer.Option("--from", metavar="WHEN", help="A date, or a week of the case.")] = None,
    until: Annotated[str | None, typer.Option(metavar="WHEN", help="A date, or a week of the case.")] = None,
    with_rules: Annotated[bool, typer.Option("--rules", help="Every rule with its inputs, parameters, dice and result.")] = False,
    as_json: AsJson = False,
) -> None:
    """Tell the story of one child, doctor or place by replay; without one, list children worth reading about."""
    from experiments.request import read_request

    given = {
        kind: text for kind, text in (("child", child), ("doctor", doctor), ("site", site), ("pick", pick)) if text is not None
    }
    if len(given) > 1:
        one, other = list(given)[:2]
        raise ScenarioError(f"--{other}", f"--{one} is given too", "allowed is one of --child, --doctor, --site, --pick")
    first_day, last_day = read_when("--from", from_when), read_when("--until", until)
    if first_day and last_day and first_day > last_day:
        raise ScenarioError("--until", f"{last_day} lies before {first_day}", "allowed is a time after that of --from")
    request = read_request(scenario, seed=seed, children=children, settings=settings or [])
    if not given or pick is not None:
        list_picks(request, pick, scenario, last_day, as_json=as_json)
        return
    (kind, text), *_ = given.items()
    whom = kind, read_row(kind, text)
    rival = None if against is None else read_request(against, seed=seed, children=children, settings=settings or [])
    if rival is not None:
        tell_both(request, rival, whom, (first_day, last_day), with_rules=with_rules, as_json=as_json)
    else:
        tell(request, whom, (first_day, last_day), with_rules=with_rules, as_json=as_json)


Dates = tuple[date | None, date | None]


def tell(request: Request, whom: tuple[str, int], dates: Dates, *, with_rules: bool, as_json: bool) -> None:
    """The story in one world."""
    from experiments.trace.page import story_page
    from experiments.trace.story import as_dict

    with progress(2 * n_weeks_until(dates[1], request)) as on_week:
        story, chapters = story_of(request, whom, dates, on_week)
    if as_json:
        print_json(as_dict(story, chapters))
    else:
        console().print(story_page(story, chapters, with_rules=with_rules), highlight=False)


def tell_both(request: Request, rival: Request, whom: tuple[str, int], dates: Dates, *, with_rules: bool, as_json: bool) -> None:
    """The story in both worlds, and where they part."""
    from experiments.trace.against import parting, worlds_part
    from experiments.trace.page import against_page
    from experiments.trace.story import as_dict

    n_weeks = n_weeks_until(dates[1], request)
    with progress(4 * n_weeks) as on_week:
        (first, ours), (second, theirs) = (story_of(r, whom, dates, on_week) for r in (request, rival))
    worlds = worlds_part(request.scenario, rival.scenario, request.seeds[0], n_weeks)
    part = parting(first, second)
    if as_json:
        said = part.sentences() if part else []
        numbers = {name: list(pair) for name, pair in part.numbers.items()} if part else {}
        found = {"day": str(part.day), "rule": part.rule, "numbers": numbers, "words": said} if part else None
        print_json(
            {"worlds_part": str(worlds or ""), "parting": found, "first": as_dict(first, ours), "second": as_dict(second, theirs)}
        )
    else:
        console().print(against_page(first, second, part, worlds, (ours, theirs), with_rules=with_rules), highlight=False)


def story_of(request: Request, whom: tuple[str, int], dates: Dates, on_week: Callable[[], None]) -> tuple[Story, list[Chapter]]:
    """A story and its chapters of these dates."""
    from experiments.run import warm_engine
    from experiments.trace.story import trace as trace_agent

    warm_engine()
    story = trace_agent(request.scenario, *whom, seed=request.seeds[0], n_weeks=n_weeks_until(dates[1], request), on_week=on_week)
    return story, story.between(*dates)


def list_picks(request: Request, pick: str | None, path: str, last_day: date | None, *, as_json: bool) -> None:
    """Children worth reading about."""
    from experiments.trace.page import picks_page
    from experiments.trace.pick import check_pick, picks

    kinds = None if pick is None else [check_pick(pick)]
    n_weeks = n_weeks_until(last_day, request)
    with progress(n_weeks) as on_week:
        found = picks(request.scenario, request.seeds[0], n_weeks, on_week)
    chosen = {kind: listed for kind, listed in found.items() if kinds is None or kind in kinds}
    if as_json:
        print_json({kind: [vars(one) for one in listed] for kind, listed in chosen.items()})
    else:
        console().print(picks_page(chosen, f"alliance trace {typed(path)}"), highlight=False)


def print_json(value: Any) -> None:
    """One strict JSON object."""
    from experiments.record import strict_json

    print(strict_json(value), end="")


def read_row(kind: str, text: str) -> int:
    """The number of a child, doctor or place; raises ScenarioError."""
    from experiments.request import LARGEST_SEED, whole_number

    return whole_number(f"--{kind}", text, 0, LARGEST_SEED)


def read_when(option: str, text: str | None) -> date | None:
    """A date, or the Monday (--from) or Sunday (--until) of a week of the case; raises ScenarioError."""
    from model import calendar

    if text is None:
        return None
    first, last = calendar.FIRST_DAY, calendar.week(calendar.LAST_WEEK - 1).start + timedelta(days=6)
    n_weeks = calendar.LAST_WEEK - calendar.BURN_IN_WEEKS
    allowed = f"allowed is a date from {first} to {last}, or a week of the case from 1 to {n_weeks}"
    if text.isdecimal() and 1 <= int(text[:9]) <= n_weeks:
        monday = calendar.CASE_START + timedelta(weeks=int(text) - 1)
        return monday if option == "--from" else monday + timedelta(days=6)
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise ScenarioError(option, shortened(text), allowed) from error
    if not first <= day <= last:
        raise ScenarioError(option, shortened(text), allowed)
    return day


def n_weeks_until(last_day: date | None, request: Request) -> int:
    """Weeks of the world to the end of the week of this day, or all of the scenario's [weeks]."""
    from model import calendar

    return request.n_weeks_in_all if last_day is None else calendar.index_of(last_day) + 1


# -- network --------------------------------------------------------------------------------------------------------


def network(
    scenario: Scenario,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to write it: zone.graphml, zone.png, zone.svg")],
    week: Annotated[str, typer.Option(metavar="N", help="After so many weeks of the case; 161 are history.")] = "161",
    seed: Seed = "1",
    children: Children = None,
) -> None:
    """Write the provider network of one week, as GraphML or as a picture: places, neighbourhoods, doctors and their ties."""
    from experiments.request import read_request
    from experiments.store import check_folder, write_files

    request = read_request(scenario, seed=seed, children=children, weeks=week)
    if out.suffix not in (".graphml", ".png", ".svg") or out.is_dir():
        raise ScenarioError("--out", printable(out.name), "allowed is the name of a file that ends in .graphml, .png or .svg")
    check_folder(out.parent)
    from experiments.picture import graph_file
    from model.alliance import AllianceModel

    model = AllianceModel(request.scenario, request.seeds[0])
    with progress(request.n_weeks_in_all) as on_week:
        while model.week < request.n_weeks_in_all:
            model.step()
            on_week()
    content, graph = graph_file(model, out.suffix)
    write_files(out.parent, {out.name: content})
    print(f"{out.name}: {graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges")


COMMANDS: dict[str, Callable[..., None]] = {"compare": compare, "trace": trace, "network": network}
