"""How does a report of validation read as Markdown?

For docs/validation.md: counts, then what fails, then every check by heading. Texts are escaped, so that none of them can break a
table or become a link; addresses of sources become plain links. Pictures are files in a folder beside the page.
"""

import re
from collections.abc import Iterable, Sequence

from experiments.validation.check import Check, Heading, Picture
from experiments.validation.report import HEADINGS, ORDER, URL, Report, distance_of, remarks
from model.refusal import printable

PAGE, PICTURES = "validation.md", "validation"
SPECIAL = re.compile(r"([\\`*\[\]|~$]|(?<!\w)_|_(?!\w))")
MARKS = {"fails": "✗ **fails**", "open": "○ open", "holds": "✓ holds"}


def escaped(text: str) -> str:
    """The text on one line, with nothing in it that Markdown or HTML would act upon; addresses as plain links."""
    line, found, at = printable(" ".join(text.split())), [], 0
    for url in URL.finditer(line):
        found += [_plain(line[at : url.start()]), f"<{url[0]}>"]
        at = url.end()
    return "".join([*found, _plain(line[at:])])


def code(text: str) -> str:
    """The text as code where that is safe, else only escaped."""
    return f"`{text}`" if re.fullmatch(r"[\w ./:=,+'\"-]+", text) else escaped(text)


def _plain(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose cells are escaped already."""
    lines = [f"| {' | '.join(cells)} |" for cells in (head, *rows)]
    return "\n".join([lines[0], "|" + "---|" * len(head), *lines[1:]])


def page(report: Report) -> str:
    """The page."""
    parts = [
        f"# Validation: {escaped(report.title)}",
        "<!-- written by `alliance validate`; do not edit -->",
        f"**{report.conclusion()}.** Scenario {code(report.scenario)}, engine {code(report.engine)}.",
        f"Repeat it: {code(report.command)} (effort {escaped(report.effort)}).",
        _summary(report),
        "## What fails",
        _failures(report),
        "## Before you believe it",
        "\n".join(f"- {escaped(remark)}" for remark in remarks(report)),
        *(_section(report, heading) for heading in HEADINGS),
    ]
    return "\n\n".join(parts) + "\n"


def _summary(report: Report) -> str:
    rows = []
    for heading, (title, question) in HEADINGS.items():
        standing = report.standing(heading)
        fails = str(standing.n["fails"]) + (f" ({standing.n_known} known)" if standing.n_known else "")
        counts = fails, str(standing.n["open"]), str(standing.n["holds"])
        rows.append((f"[{title}](#{title.lower().replace(' ', '-')})", question, f"**{standing.status}**", *counts, standing.when))
    return table(("heading", "question", "status", "fail", "open", "hold", "date"), rows)


def _failures(report: Report) -> str:
    if not report.failures():
        return "Nothing."
    return "\n".join(_failure(report, check) for check in report.failures())


def _failure(report: Report, check: Check) -> str:
    known = report.reason(check)
    why = f"*known:* {escaped(known)}" if known else "**not expected**"
    told = f"expected {escaped(check.expected)}; found {escaped(check.found)}"
    distance = "" if check.distance is None else f" ({distance_of(check)} standard errors)"
    return f"- **{escaped(check.name)}** ({HEADINGS[check.heading][0].lower()}). {escaped(check.question)} {told}{distance}. {why}"


def _section(report: Report, heading: Heading) -> str:
    title, question = HEADINGS[heading]
    standing = report.standing(heading)
    counts = ", ".join(f"{standing.n[verdict]} {verdict}" for verdict in ORDER)
    checks = [_row(report, check) for check in report.of(heading)]
    parts = [f"## {title}", f"{question} Status: **{standing.status}** ({counts}), {standing.when}."]
    parts += [_picture(picture) for picture in report.pictures(heading)]
    if checks:
        parts.append(table(("", "check", "expected", "found", "standard errors", "notes"), checks))
    return "\n\n".join(parts)


def _row(report: Report, check: Check) -> tuple[str, ...]:
    known = report.reason(check) if check.verdict == "fails" else ""
    notes = [check.because, f"Known: {known}" if known else ""]
    name = f"**{escaped(check.name)}** {escaped(check.question)}"
    told = escaped(" ".join(note for note in notes if note))
    return MARKS[check.verdict], name, escaped(check.expected), escaped(check.found), distance_of(check), told


def _picture(picture: Picture) -> str:
    return f"![{escaped(picture.title)}]({PICTURES}/{file_of(picture)})\n\n*{escaped(picture.title)}.* {escaped(picture.says)}"


def file_of(picture: Picture) -> str:
    """The name of a picture's file."""
    return f"{re.sub('[^a-z0-9]+', '-', picture.name.lower()).strip('-')}.svg"
