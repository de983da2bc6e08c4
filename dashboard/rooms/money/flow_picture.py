"""How is a year of the fund drawn? As bands from where the money came through the fund to what it paid and to whom."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import figures
from dashboard.parts.plot import Plot, Table
from dashboard.rooms.money.books import Books
from dashboard.rooms.money.flows import Flows, fen_written, flows, in_yuan
from dashboard.texts import Texts
from model import ledger

INK, POLICY, BASELINE, WARM = (f"var(--{name})" for name in ("ink", "policy", "baseline", "warm"))
NARROW = 620
"""Below this width [pixels] the bands end at what was paid for; who received it stands in the table."""
LABEL = {"color": INK, "fontSize": 13, "lineHeight": 17, "textBorderColor": "var(--paper)", "textBorderWidth": 3}
SERIES = {
    "type": "sankey", "id": "flows", "left": 0, "right": 0, "top": 12, "bottom": 12, "nodeWidth": 14, "draggable": False,
    "layoutIterations": 0, "emphasis": {"focus": "adjacency"}, "lineStyle": {"color": "source", "opacity": 0.22, "curveness": 0.5},
}  # fmt: skip


def flow_plot(texts: Texts, books: Books, year: int, *, is_policy: bool) -> Plot:
    """Return the year's flows as a Sankey picture."""
    found = flows(books, year)
    nodes, links = flow_parts(texts, found, POLICY if is_policy else BASELINE)
    inner = [_narrowed(node) for node in nodes if node["depth"] < 3]
    names = {node["name"] for node in inner}
    short = [link for link in links if link["target"] in names]
    wide = {"data": nodes, "links": links, "label": {"fontSize": 13, "lineHeight": 17}, "nodeGap": 28}
    narrow = {"data": inner, "links": short, "label": {"fontSize": 11, "lineHeight": 14}, "nodeGap": 30}
    option = {
        "baseOption": {
            "animation": False,
            "tooltip": {"valueFormatter": "@count", "confine": True},
            "series": [{**SERIES, **wide, "label": LABEL}],
        },
        "media": [
            {"query": {"maxWidth": NARROW}, "option": {"series": [{"id": "flows", **narrow}]}},
            {"option": {"series": [{"id": "flows", **wide}]}},
        ],
    }  # fmt: skip
    run = "policy" if is_policy else "baseline"
    title = texts("money.flows_title", year=year, side=texts(f"money.{run}"))
    rows = [[link["source"], link["target"], fen_written(link["fen"])] for link in links]
    frame = pd.DataFrame([(link["source"], link["target"], link["fen"]) for link in links], columns=pd.Index(["from", "to", "fen"]))
    heads = [texts("money.from"), texts("money.to"), texts("money.yuan")]
    return Plot(f"money-{year}-{run}", title, option, Table(heads, rows, frame), texts("money.flows_note"), 520)


def flow_parts(texts: Texts, found: Flows, colour: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return nodes and links of the Sankey picture; what enters a node but the first and last also leaves it."""
    fund = texts("money.fund")
    put_aside, taken = texts("money.put_aside"), texts("money.taken")
    income = {texts(f"money_kind.{ledger.REASONS[reason]}"): fen for reason, fen in found.income.items()}
    if found.change < 0:
        income[taken] = -found.change
    spent = {texts(f"money_purpose.{purpose}"): fen for purpose, fen in found.spent.items()}
    if found.change > 0:
        spent[put_aside] = found.change
    who: dict[str, int] = {}
    links = [_link(name, fund, fen) for name, fen in income.items()] + [_link(fund, name, fen) for name, fen in spent.items()]
    for (purpose, kind), fen in found.recipients.items():
        name = texts(f"money_account.{ledger.ACCOUNT_KINDS[kind]}")
        who[name] = who.get(name, 0) + fen
        links.append(_link(texts(f"money_purpose.{purpose}"), name, fen))
    nodes = [_node(texts, name, fen, 0, WARM if name == taken else colour) for name, fen in income.items()]
    nodes.append(_node(texts, fund, sum(income.values()), 1, INK))
    nodes += [_node(texts, name, fen, 2, WARM if name == put_aside else BASELINE) for name, fen in spent.items()]
    nodes += [_node(texts, name, fen, 3, BASELINE) for name, fen in who.items()]
    return nodes, links


def _link(source: str, target: str, fen: int) -> dict[str, Any]:
    return {"source": source, "target": target, "value": in_yuan(fen), "fen": fen}


def _node(texts: Texts, name: str, fen: int, depth: int, colour: str) -> dict[str, Any]:
    label = {
        "position": "left" if depth > 1 else "right",
        "align": "right" if depth > 1 else "left",
        "formatter": f"{name}\n{figures.yuan(texts, in_yuan(fen))}",
    }
    return {"name": name, "depth": depth, "itemStyle": {"color": colour, "borderWidth": 0}, "label": label}


def _narrowed(node: dict[str, Any]) -> dict[str, Any]:
    """The fund in the middle needs no name where room is short: the title has it."""
    return {**node, "label": {"show": False}} if node["depth"] == 1 else node
