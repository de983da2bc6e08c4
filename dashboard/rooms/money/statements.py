"""What do the tables of the room say? The balance sheet, the kinds of payment, and each hundred yuan of premium."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dashboard import figures
from dashboard.heard import component_vue
from dashboard.parts.files import hand_over
from dashboard.rooms.money import flows, sheet
from dashboard.rooms.money.books import Books, Look
from dashboard.rooms.money.flows import fen_written, in_yuan
from dashboard.session import Session
from dashboard.texts import Texts
from model import ledger

Groups = list[dict[str, Any]]


@component_vue("statement.vue")
def Statement(
    name: str, said: dict[str, Any], heads: list[str], groups: Groups, chosen: str = "",
    event_pick: Callable[[str], None] = lambda _: None, event_save: Callable[[str], None] = lambda _: None,
) -> None:  # fmt: skip
    """A card with a table of groups; a row with a key is a button."""


@component_vue("hundred.vue")
def Hundred(said: dict[str, str], parts: list[dict[str, Any]]) -> None:
    """A sentence and the parts of a hundred yuan."""


def saves(texts: Texts) -> list[dict[str, str]]:
    """The two files in which a table can be taken away."""
    return [{"kind": kind, "title": texts(f"chart.save_{kind}")} for kind in ("csv", "parquet")]


# --- balance sheet ---------------------------------------------------------------------------------------------------


def balance_sheet(session: Session, texts: Texts, found: Look, year: int, *, is_policy: bool) -> None:
    """Show the balance sheet at the end of a year, beside that of the year before."""
    books = found.policy if is_policy else found.baseline
    now = sheet.sheet(books, year)
    before = sheet.sheet(books, year - 1) if year - 1 in books.years else None
    groups = [
        _side(texts, "assets", now.assets, before.assets if before else {}),
        _side(texts, "funds", now.funds, before.funds if before else {}),
    ]
    run = texts(f"money.{'policy' if is_policy else 'baseline'}")
    said = {
        "title": texts("money.sheet_title", year=year, side=run),
        "note": texts("money.sheet_note"),
        "foot": texts("money.sheet_balanced") if now.is_balanced else texts("money.sheet_unbalanced"),
        "saves": saves(texts),
        "saves_label": texts("money.save_label", title=texts("money.sheet_title", year=year, side=run)),
    }
    Statement(
        name="sheet", said=said, heads=[texts("money.yuan"), str(year), str(year - 1)], groups=groups,
        event_save=lambda kind: hand_over(session, "balance-sheets", lambda: sheet.frame(found.policy, found.baseline), kind),
    )  # fmt: skip


def _side(texts: Texts, name: str, now: Mapping[str, int], before: Mapping[str, int]) -> dict[str, Any]:
    lines = [*now, *(line for line in before if line not in now)]
    both = [[fen_written(now.get(line, 0)), _earlier(texts, before, before.get(line, 0))] for line in lines]
    rows = [
        {"key": "", "remark": "", "is_total": False, "cells": [texts(f"money_line.{line}"), *cells]}
        for line, cells in zip(lines, both, strict=True)
    ]
    total = [texts(f"money.total_{name}"), fen_written(sum(now.values())), _earlier(texts, before, sum(before.values()))]
    return {"title": texts(f"money.{name}"), "rows": [*rows, {"key": "", "remark": "", "is_total": True, "cells": total}]}


def _earlier(texts: Texts, before: Mapping[str, int], fen: int) -> str:
    """An amount of the year before; the first year has none."""
    return fen_written(fen) if before else figures.no_value(texts)


# --- kinds of payment ------------------------------------------------------------------------------------------------


def kinds_of_payment(session: Session, texts: Texts, found: Look, year: int, chosen: str, take: Callable[[str], None]) -> None:
    """Show what was paid in a year for each reason; each row opens the weeks behind it."""
    is_moved = found.policy is not found.baseline
    said = {
        "title": texts("money.kinds_title", year=year),
        "note": texts("money.kinds_note" if is_moved else "money.kinds_note_same"),
        "foot": "",
        "saves": saves(texts),
        "saves_label": texts("money.save_label", title=texts("money.all_years")),
    }
    runs = ["policy", "baseline", "difference"] if is_moved else ["baseline"]
    Statement(
        name="kinds", said=said, heads=[texts("money.yuan"), *(texts(f"money.{run}") for run in runs)],
        groups=kind_rows(texts, found, year), chosen=chosen, event_pick=take,
        event_save=lambda kind: hand_over(session, "payments", lambda: flows.payments(found.policy, found.baseline), kind),
    )  # fmt: skip


def kind_rows(texts: Texts, found: Look, year: int) -> Groups:
    """The rows of a year's payments, those without any left out."""
    groups = []
    for name, reasons in flows.GROUPS.items():
        paid = {reason: (found.policy.paid(year, reason), found.baseline.paid(year, reason)) for reason in reasons}
        rows = [_kind_row(texts, found, reason, both) for reason, both in paid.items() if any(both)]
        if name in ("income", "spent") and rows:
            sums = [sum(both[side] for both in paid.values()) for side in (0, 1)]
            cells = [texts(f"money.total_{name}"), *_amounts(found, sums)]
            rows.append({"key": "", "remark": "", "is_total": True, "cells": cells})
        if rows:
            groups.append({"title": texts(f"money.group_{name}"), "rows": rows})
    return groups


def _kind_row(texts: Texts, found: Look, reason: int, both: Sequence[int]) -> dict[str, Any]:
    name = ledger.REASONS[reason]
    payers, payees, _ = ledger.MATRIX[name]
    remark = texts("money.from_to", payer=accounts(texts, payers), payee=accounts(texts, payees))
    return {"key": name, "remark": remark, "is_total": False, "cells": [texts(f"money_kind.{name}"), *_amounts(found, both)]}


def _amounts(found: Look, both: Sequence[int]) -> list[str]:
    policy, baseline = both
    if found.policy is found.baseline:
        return [fen_written(baseline)]
    return [fen_written(policy), fen_written(baseline), fen_written(policy - baseline, signed=True)]


def accounts(texts: Texts, kinds: Sequence[int]) -> str:
    """Name kinds of account; many together are said as one."""
    names = [texts(f"money_account.{ledger.ACCOUNT_KINDS[kind]}") for kind in kinds]
    return texts("money.comma_joint").join(names)


# --- a hundred yuan --------------------------------------------------------------------------------------------------


def hundred(texts: Texts, books: Books, year: int) -> None:
    """Show where each hundred yuan of premium went."""
    said, parts = hundred_said(texts, books, year)
    Hundred(said=said, parts=parts)


def hundred_said(texts: Texts, books: Books, year: int) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Return the sentence and the parts; no parts in a year without premiums."""
    found = flows.flows(books, year)
    premium = found.income.get(ledger.PREMIUM, 0)
    title = texts("money.hundred_title")
    if not premium:
        return {"title": title, "sentence": texts("money.hundred_none", year=year), "arrived": ""}, []

    def per_hundred(fen: int) -> str:
        return figures.grouped(fen / premium * 100, 1)

    spent = dict(sorted(found.spent.items(), key=lambda one: -one[1]))
    parts = [(texts(f"money_purpose.{name}"), fen, "") for name, fen in spent.items()]
    if found.change > 0:
        parts.append((texts("money.put_aside"), found.change, "is-kept"))
    whole = max(found.came_in, found.went_out)
    sentence = texts(
        "money.hundred_more" if found.change >= 0 else "money.hundred_less",
        year=year, other=per_hundred(found.came_in - premium), spent=per_hundred(found.went_out),
        change=per_hundred(abs(found.change)),
    )  # fmt: skip
    paid, arrived = flows.pay_that_arrived(books, year)
    pay = (
        texts("money.arrived", paid=figures.yuan(texts, in_yuan(paid)), arrived=figures.yuan(texts, in_yuan(arrived)))
        if paid
        else ""
    )
    return {"title": title, "sentence": sentence, "arrived": pay}, [
        {"name": name, "value": texts("money.of_hundred", yuan=per_hundred(fen)), "width": 100 * fen / whole, "look": look}
        for name, fen, look in parts
    ]
