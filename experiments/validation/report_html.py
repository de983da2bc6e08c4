"""How does a report of validation look in a browser?

One file that needs nothing else: no script, no font, no picture from outside, light or dark with the reader's screen, readable
on a phone. Counts first, then what fails; what holds is folded away. Every text is escaped. Pictures are SVG inside the page,
each closed off as an image, so that styles and names of one cannot touch another. The style stands in report_style.css.
"""

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from pathlib import Path

from experiments.validation.check import Check, Heading, Picture
from experiments.validation.report import HEADINGS, ORDER, URL, Report, chosen, distance_of, remarks
from model.refusal import printable

PAGE = "validation.html"
MARKS = {"fails": "✗", "open": "○", "holds": "✓"}
MEANING = {"fails": "fail", "open": "open", "holds": "hold"}
STYLE = Path(__file__).parent / "report_style.css"


def page(report: Report) -> str:
    """The page."""
    title = _safe(f"Validation: {report.title}")
    body = [
        f"<header><h1>{title}</h1>",
        f'<p class="verdict">{_safe(report.conclusion())}.</p>',
        f'<p class="faint">Scenario <code>{_safe(report.scenario)}</code>, engine <code>{_safe(report.engine)}</code>. ',
        f"Repeat it: <code>{_safe(report.command)}</code> ({_safe(report.effort)}).</p></header>",
        "<main>",
        _summary(report),
        '<h2 id="fails">What fails</h2>',
        *(_failure(report, check) for check in report.failures()),
        "" if report.failures() else "<p>Nothing.</p>",
        "<h2>Before you believe it</h2>",
        f"<ul>{''.join(f'<li>{_safe(remark)}</li>' for remark in remarks(report))}</ul>",
        *(_section(report, heading) for heading in HEADINGS),
        "</main>",
    ]
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title>'
    return (
        f'<!doctype html>\n<html lang="en"><head>{head}<style>\n{STYLE.read_text(encoding="utf-8")}</style></head>\n<body>\n'
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _safe(text: str) -> str:
    """A text with nothing in it that a browser would act upon."""
    return escape(printable(" ".join(text.split())))


def _linked(text: str) -> str:
    """The same with addresses of sources as plain links."""
    line, found, at = printable(" ".join(text.split())), [], 0
    for url in URL.finditer(line):
        address = escape(url[0])
        found += [escape(line[at : url.start()]), f'<a href="{address}" rel="noreferrer">{address}</a>']
        at = url.end()
    return "".join([*found, escape(line[at:])])


def _summary(report: Report) -> str:
    rows = []
    for heading, (title, question) in HEADINGS.items():
        standing = report.standing(heading)
        tone = "fails" if standing.n["fails"] else "holds" if standing.status == "holds" else "open"
        counts = [str(standing.n[verdict]) for verdict in ORDER]
        counts[0] += f" ({standing.n_known} known)" if standing.n_known else ""
        cells = "".join(f'<td class="n" data-label="{MEANING[v]}">{n}</td>' for v, n in zip(ORDER, counts, strict=True))
        link = f'<a href="#{heading}">{title}</a><span class="q">{question}</span>'
        rows.append(
            f'<tr><td>{link}</td><td class="{tone}" data-label="status">{standing.status}</td>{cells}'
            f'<td data-label="date">{_safe(standing.when)}</td></tr>'
        )
    heads = "".join(f"<th>{name}</th>" for name in ("heading", "status", *MEANING.values(), "date"))
    return f'<table class="summary"><thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def _failure(report: Report, check: Check) -> str:
    known = report.reason(check)
    why = f"<p><b>Known:</b> {_linked(known)}</p>" if known else '<p class="fails">Not expected.</p>'
    distance = "" if check.distance is None else f" ({distance_of(check)} standard errors)"
    heading = f'<span class="faint">{HEADINGS[check.heading][0].lower()}</span>'
    return (
        f'<div class="failure{" known" if known else ""}"><p><b>{_safe(check.name)}</b> {heading}</p>'
        f"<p>{_safe(check.question)}</p><p>Expected {_safe(check.expected)}; found <b>{_safe(check.found)}</b>{distance}.</p>"
        f'{why}<p class="notes">{_linked(check.because)}</p></div>'
    )


def _section(report: Report, heading: Heading) -> str:
    title, question = HEADINGS[heading]
    standing, found = report.standing(heading), report.of(heading)
    parts = [
        f'<section id="{heading}"><h2>{title}</h2>',
        f"<p>{question} Status: <b>{standing.status}</b>, {_safe(standing.when)}.</p>",
        *(_picture(picture) for picture in report.pictures(heading)),
    ]
    for verdict in ORDER:
        checks = chosen(found, verdict)
        if checks:
            is_open = " open" if verdict != "holds" else ""
            summary = f'<summary><span class="{verdict}">{MARKS[verdict]} {len(checks)} {MEANING[verdict]}</span></summary>'
            parts.append(f"<details{is_open}>{summary}{_table(checks)}</details>")
    return "\n".join([*parts, "</section>"])


def _table(checks: Sequence[Check]) -> str:
    names = ("check", "expected", "found", "standard errors", "notes")
    heads = "".join(f"<th>{name}</th>" for name in names)
    return f'<table class="checks"><thead><tr>{heads}</tr></thead><tbody>{"".join(map(_row, checks))}</tbody></table>'


def _row(check: Check) -> str:
    name = f'<b>{_safe(check.name)}</b><span class="q">{_safe(check.question)}</span>'
    notes = f'<td class="notes">{_linked(check.because)}</td>'
    return (
        f'<tr><td><span class="{check.verdict}">{MARKS[check.verdict]}</span> {name}</td>'
        f'<td data-label="expected">{_safe(check.expected)}</td><td data-label="found">{_safe(check.found)}</td>'
        f'<td class="n" data-label="standard errors">{distance_of(check)}</td>{notes}</tr>'
    )


def _picture(picture: Picture) -> str:
    told = _safe(f"{picture.title}. {picture.says}")
    tone = "" if b"prefers-color-scheme" in picture.svg else ' class="white"'
    source = f"data:image/svg+xml;base64,{b64encode(picture.svg).decode()}"
    caption = f"<figcaption><b>{_safe(picture.title)}.</b> {_linked(picture.says)}</figcaption>"
    return f'<figure{tone}><img src="{source}" alt="{told}">{caption}</figure>'
