"""What does a planner take to a meeting? One file that needs nothing else.

The words, the figures and the ways to get them again come from here; the pictures draw themselves in the browser and are
put in place of the mark `<!--pictures-->`.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from dashboard import address, figures
from dashboard.band import Picture
from dashboard.choice import lever
from dashboard.reproduce import ways
from dashboard.rooms.decide.headline import change, groups, sentence, worlds_text
from dashboard.rooms.decide.levers import written
from dashboard.session import Session
from dashboard.texts import Texts
from dashboard.told import legend, scenario_title
from experiments.record import engine_version

PICTURES = "<!--pictures-->"
STYLE = Path(__file__).with_name("report.css")


def report_html(texts: Texts, session: Session) -> str:
    """Return the report as a page; what is not computed yet is left out."""
    title = texts("report.title", scenario=scenario_title(texts, session))
    whole = session.whole_of_this_policy
    of = texts("report.of", n_children=figures.count(texts, session.base().n_children), year=session.base().last_year)
    parts = [f"<h1>{escape(title)}</h1><p>{escape(of)}</p>", _levers(texts, session)]
    parts += _figures(texts, whole) if whole else []
    keys = legend(texts, session).values()
    parts += [
        f"<p>{escape(texts('figure.list_joint').join(keys))}</p>",
        PICTURES,
        _again(texts, session),
        f"<p>{escape(texts('report.caution'))}</p>",
    ]
    style = f"<style>{STYLE.read_text(encoding='utf-8')}</style>"
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>{style}'
    return f'<!doctype html><html lang="{texts.locale}"><head>{head}</head><body>{"".join(parts)}</body></html>'


def _levers(texts: Texts, session: Session) -> str:
    scenario = session.find(session.choice.scenario)
    rows = []
    for key, value in session.choice.settings:
        declared = lever(scenario, key)
        rows.append([texts.name_of(key), written(texts, declared, declared.value), written(texts, declared, value)])
    if not rows:
        return f"<p>{escape(texts('headline.nothing_moved'))}</p>"
    return f"<h2>{escape(texts('page.levers'))}</h2>" + table(
        [texts("report.lever"), texts("chart.baseline"), texts("chart.policy")], rows
    )


def _figures(texts: Texts, whole: Picture) -> list[str]:
    said = [f"<h2>{escape(texts('page.results'))}</h2>"]
    said += [
        f"<p>{escape(text)}</p>" for text in (*change(texts, whole).splitlines(), sentence(texts, whole), worlds_text(texts, whole))
    ]
    rows = []
    for part in (part for group in groups(texts, whole) for part in group):
        rows += [[part["hides"], "", "", ""]] if part["hides"] else []
        rows += [[tile[key] for key in ("name", "value", "baseline_value", "apart")] for tile in part["tiles"]]
    heads = [texts("report.figure"), texts("chart.policy"), texts("chart.baseline"), texts("report.difference")]
    return [*said, table(heads, rows)]


def _again(texts: Texts, session: Session) -> str:
    shown = "".join(f"<h3>{escape(way['title'])}</h3><pre>{escape(way['text'])}</pre>" for way in ways(texts, session))
    link = address.written(session.visit_now(is_shared=True))
    caution = texts("page.link_without_upload") if session.choice.scenario in session.uploads else ""
    engine = texts("report.engine", engine=engine_version(), address=link)
    return f"<h2>{escape(texts('page.reproduce'))}</h2>{shown}<p>{escape(engine)} {escape(caution)}</p>"


def table(heads: list[str], rows: list[list[str]]) -> str:
    """Return a table; the first cell of a row is its heading."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:]) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
