"""Which single payments stand behind a number? From a kind of payment to its weeks, and from a week to its postings."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

import pandas as pd
import solara

from dashboard import figures
from dashboard.heard import component_vue
from dashboard.parts.files import hand_over
from dashboard.parts.plot import Plot, PlotPart, Table
from dashboard.parts.progress import Progress
from dashboard.rooms.money import places
from dashboard.rooms.money.books import Books, Look
from dashboard.rooms.money.chance_pictures import COLOURS, QUIET, RULE
from dashboard.rooms.money.flows import fen_written, in_yuan
from dashboard.rooms.money.postings import MOST_ROWS, Postings, Wanted, postings
from dashboard.rooms.money.statements import Statement, saves
from dashboard.session import Session
from dashboard.texts import Texts
from dashboard.work import Work, use_work
from model import calendar, ledger


@component_vue("weeks.vue")
def Weeks(
    said: dict[str, str], months: list[dict[str, Any]], week: str, event_take: Callable[[dict[str, str]], None],
    event_show: Callable[[object], None],
) -> None:  # fmt: skip
    """The weeks of a kind of payment, by month, and a button that has one replayed."""


@solara.component
def Drill(session: Session, found: Look, year: int, is_policy: bool) -> None:
    """The weeks of the kind that is looked into, and the postings of the week that is chosen."""
    texts = Texts(session.language.value)
    work = use_work()
    books = found.policy if is_policy else found.baseline
    at = places.drill(session, books, year)
    if at.reason is None:
        return
    weeks = [week for week in books.weeks(year) if books.paid_in_week(week, at.reason)]
    PlotPart(
        session, week_plot(texts, books, year, at.reason, is_policy=is_policy), lambda picked: _pick(session, books, year, picked)
    )
    base, seed, settings = session.base(), places.seed(session), session.choice.settings if is_policy else ()
    wanted = None if at.week is None else Wanted(base.mark, seed, settings, at.week, at.reason)
    Weeks(
        said=_said(texts, session, at.reason),
        months=months(texts, books, weeks, at.reason),
        week="" if at.week is None else str(at.week),
        event_take=lambda sent: places.take(session, *_sent(sent), books),
        event_show=lambda _: _show(session, work, wanted),
    )
    Progress(work, texts, texts("money.replaying"))
    replayed = work.state.value.result
    if replayed is not None and replayed.of == wanted:
        posting_list(session, texts, replayed, books)


def _said(texts: Texts, session: Session, reason: int) -> dict[str, str]:
    said = texts.several("money", "week_label", "no_week", "show", "close")
    return {
        **said,
        "hint": texts("money.weeks_hint", kind=texts(f"money_kind.{ledger.REASONS[reason]}"), world=places.seed(session)),
    }


def _sent(sent: object) -> tuple[object, object]:
    return (sent.get("name"), sent.get("value")) if isinstance(sent, dict) else ("", "")


def _pick(session: Session, books: Books, year: int, picked: object) -> None:
    at = picked.get("at") if isinstance(picked, dict) else None
    if isinstance(at, int) and 0 <= at < len(books.weeks(year)):
        places.take(session, "week", str(books.weeks(year)[at]), books)


def _show(session: Session, work: Work, wanted: Wanted | None) -> None:
    if wanted is not None:
        base = session.base()
        work.begin(lambda report: postings(base, wanted.seed, wanted.settings, wanted.week, wanted.reason, report))


def week_plot(texts: Texts, books: Books, year: int, reason: int, *, is_policy: bool) -> Plot:
    """Return what was paid for a reason in each week of a year."""
    weeks = books.weeks(year)
    paid = [books.paid_in_week(week, reason) for week in weeks]
    days = [_monday(texts, week) for week in weeks]
    colour = COLOURS["policy" if is_policy else "baseline"]
    option = {
        "grid": {"left": 8, "right": 16, "top": 34, "bottom": 8, "containLabel": True},
        "tooltip": {"trigger": "axis", "valueFormatter": "@count", "confine": True},
        "xAxis": {
            "type": "category", "data": days, "axisLabel": {"color": QUIET, "hideOverlap": True},
            "axisLine": {"lineStyle": {"color": RULE}}, "axisTick": {"show": False},
        },
        "yAxis": {
            "type": "value", "axisLabel": {"color": QUIET, "formatter": "@count"}, "splitLine": {"lineStyle": {"color": RULE}},
            "name": texts("money.yuan"), "nameTextStyle": {"color": QUIET, "align": "left"},
        },
        "series": [{"type": "bar", "data": [in_yuan(fen) for fen in paid], "itemStyle": {"color": colour}, "barMaxWidth": 16}],
    }  # fmt: skip
    kind = ledger.REASONS[reason]
    title = texts("money.weeks_title", kind=texts(f"money_kind.{kind}"), year=year)
    frame = pd.DataFrame({"week_start": [calendar.week(week).start.isoformat() for week in weeks], "reason": kind, "fen": paid})
    rows = [[day, fen_written(fen)] for day, fen in zip(days, paid, strict=True)]
    heads = [texts("money.week_of"), texts("money.yuan")]
    return Plot(f"money-{kind}-{year}", title, option, Table(heads, rows, frame), texts("money.weeks_note"), 220)


def months(texts: Texts, books: Books, weeks: list[int], reason: int) -> list[dict[str, Any]]:
    """The weeks with payments, by the month they belong to."""
    return [
        {
            "title": texts("money.month", year=month // 12, month=month % 12 + 1),
            "weeks": [
                {
                    "key": str(week),
                    "title": texts("money.week", day=_monday(texts, week), yuan=fen_written(books.paid_in_week(week, reason))),
                }
                for week in of_month
            ],
        }
        for month, of_month in groupby(weeks, key=lambda week: calendar.week(week).month)
    ]


def posting_list(session: Session, texts: Texts, found: Postings, books: Books) -> None:
    """Show the first postings of a kind in a week, with their sum, which is the ledger's."""
    week, reason = found.of.week, found.of.reason
    kind = texts(f"money_kind.{ledger.REASONS[reason]}")
    title = texts("money.postings_title", kind=kind, day=_monday(texts, week))
    rows = [_posting(texts, row, has_basis=reason != ledger.FINE) for row in found.rows]
    total = [texts("money.sum", n=figures.grouped(found.n, 0)), "", fen_written(found.fen), "", "", ""]
    groups = [{"title": "", "rows": [{"key": "", "remark": "", "is_total": True, "cells": total}, *rows]}]
    agrees = found.fen == books.paid_in_week(week, reason)
    n_of_week = figures.grouped(found.n_of_week, 0)
    said = {
        "title": title,
        "note": texts("money.postings_some", n=MOST_ROWS) if found.n > MOST_ROWS else "",
        "foot": texts("money.postings_agree") if agrees else texts("money.postings_differ"),
        "saves": [{**one, "title": texts("money.whole_week", n=n_of_week, file=one["title"])} for one in saves(texts)],
        "saves_label": texts("money.save_label", title=title),
    }
    heads = [texts(f"money.{name}") for name in ("from", "to", "yuan", "basis", "child", "doctor")]
    Statement(
        name="postings", said=said, heads=heads, groups=groups,
        event_save=lambda kind: hand_over(session, f"postings-week-{week}", found.whole_week, kind),
    )  # fmt: skip


def _posting(texts: Texts, row: tuple[str, str, int, int, int, int], *, has_basis: bool) -> dict[str, Any]:
    """One row of the list; what a fine is reckoned from is a count, and no amount."""
    payer, payee, fen, basis, child, doctor = row
    none = figures.no_value(texts)
    who = [str(one) if one >= 0 else none for one in (child, doctor)]
    cells = [account(texts, payer), account(texts, payee), fen_written(fen), fen_written(basis) if has_basis else none, *who]
    return {"key": "", "remark": "", "is_total": False, "cells": cells}


def _monday(texts: Texts, week: int) -> str:
    return figures.day(texts, calendar.week(week).start)


def account(texts: Texts, name: str) -> str:
    """Name an account of the ledger, such as "centre 12", in the language of the page."""
    kind, _, number = name.partition(" ")
    named = texts(f"money_account.{kind}")
    return texts("money.account", account=named, number=number) if number else named
