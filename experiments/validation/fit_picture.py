"""How does the fit look?

A row for each datum; the band is what the sources allow, drawn equally wide for all, the line in it the value where there is one. A
mark is a scenario's mean over seeds; thick, the 95 % interval of the mean; thin, one standard deviation from world to world. What
lies far outside stands at the edge with an arrow. The drawing is text (SVG), light or dark with the reader's screen.
"""

import math
from collections.abc import Mapping, Sequence
from html import escape

from experiments.validation.check import Picture
from experiments.validation.fit import Comparison, Figures, comparisons, shown
from model.known import CALIBRATE

WIDTH, LEFT, RIGHT, TOP, ROW_HEAD, LINE = 760, 250, 610, 64, 12, 13
FAREST = 2.2  # half widths of the band from its middle that are drawn
# In light and in the dark, told apart by colour-blind readers too.
COLOURS = ("#0072b2", "#d55e00", "#00805d", "#a8497f", "#8a6500", "#555555")
COLOURS_IN_THE_DARK = ("#56b4e9", "#ff9a4d", "#3ddbaa", "#f09ccb", "#f0d060", "#c0c0c0")
MARKS = ("circle", "square", "diamond", "triangle", "cross", "circle")


def _paint(colours: Sequence[str]) -> str:
    return "".join(f".v-f{n}{{fill:{one}}}.v-s{n}{{stroke:{one};fill:none}}" for n, one in enumerate(colours))


STYLE = (
    f"<style>{_paint(COLOURS)}"
    ".v-ink{fill:#1f2933}.v-faint{fill:#52606d}.v-band{fill:#dfe7ef}.v-rule{stroke:#9aa5b1}.v-bad{fill:#b42318}"
    "@media (prefers-color-scheme:dark){.v-ink{fill:#e6e9ec}.v-faint{fill:#a9b4bf}.v-band{fill:#2c3a47}.v-rule{stroke:#66788a}"
    f".v-bad{{fill:#ff8a7a}}{_paint(COLOURS_IN_THE_DARK)}}}</style>"
)


def fit_picture(worlds: Mapping[str, Sequence[Figures]]) -> Picture:
    """The figures of all scenarios beside what is known."""
    names = list(worlds)
    columns = [comparisons(found) for found in worlds.values()]
    rows = list(zip(*columns, strict=True))
    height_of_row = ROW_HEAD + LINE * max(len(names), 2)
    height = TOP + height_of_row * len(rows) + 20
    parts = [*_legend(names), *(part for n, row in enumerate(rows) for part in _row(TOP + n * height_of_row, row, height_of_row))]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img"'
    font = 'font-family="Helvetica, Arial, \'Liberation Sans\', sans-serif" font-size="11"'
    svg = "\n".join([f"{head} {font}>", STYLE, *parts, "</svg>\n"])
    n_out = sum(one.verdict == "fails" for row in rows for one in row)
    says = (
        "Band: what the sources allow; mark: mean of a scenario; thick: 95 % interval of the mean; thin: one standard deviation "
        f"from world to world. Figures in red lie outside: {n_out} of {sum(map(len, rows))}. Dependent data "
        "are targets of calibration, independent ones are not."
    )
    return Picture("fit", "What is known, and what the model gives", svg.encode(), says)


def _legend(names: Sequence[str]) -> list[str]:
    parts, x = [], 12.0
    for n, name in enumerate(names):
        parts += [_mark(n, x + 5, 18), _text(x + 16, 22, name)]
        x += 34 + 6.4 * len(name)
    return [*parts, _text(12, 46, "datum", "v-faint"), _text((LEFT + RIGHT) / 2, 46, "what the sources allow", "v-faint", "middle"),
            _text(RIGHT + 22, 46, "mean of the model", "v-faint")]  # fmt: skip


def _row(top: float, row: Sequence[Comparison], height: float) -> list[str]:
    first = row[0]
    bottom = top + height - 6
    kind = "dependent" if first.datum.use == CALIBRATE else "independent"
    left, right = _x(-1.0), _x(1.0)
    parts = [
        f'<rect class="v-band" x="{left:.1f}" y="{top}" width="{right - left:.1f}" height="{bottom - top}"/>',
        _text(12, top + 13, first.datum.name),
        _text(12, top + 27, f"{kind}; {shown(first.low)} to {shown(first.high)}", "v-faint"),
    ]
    if first.value is not None:
        x = _x(_place(first, first.value))
        parts.append(f'<line class="v-rule" x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{bottom}" stroke-dasharray="3 2"/>')
    for n, one in enumerate(row):
        parts += _found(n, one, top + 10 + LINE * n)
    return parts


def _found(n: int, one: Comparison, y: float) -> list[str]:
    if math.isnan(one.mean):
        return [_text(RIGHT + 22, y + 4, "no such case", "v-faint")]
    at, tone = _place(one, one.mean), "v-bad" if one.verdict == "fails" else "v-ink"
    parts = [_text(RIGHT + 22, y + 4, shown(one.mean), tone)]
    if abs(at) > FAREST:
        arrow = "→" if at > 0 else "←"
        parts.append(_text(_x(math.copysign(FAREST, at)) + (9 if at > 0 else -9), y + 4, arrow, tone, "middle"))
    else:
        for reach, width in ((one.sd, 1.0), (one.half_width, 3.0)):
            if math.isfinite(reach):
                x1, x2 = (_x(_bounded(_place(one, one.mean + sign * reach))) for sign in (-1, 1))
                line = f'<line class="v-s{n % len(COLOURS)}" x1="{x1:.1f}" y1="{y:.1f}" x2="{x2:.1f}" y2="{y:.1f}"'
                parts.append(f'{line} stroke-width="{width:g}"/>')
    return [*parts, _mark(n, _x(_bounded(at)), y)]


def _place(one: Comparison, value: float) -> float:
    """The value on the scale on which the band reaches from -1 to 1."""
    half = (one.high - one.low) / 2
    return (value - (one.low + one.high) / 2) / half if half > 0 else 0.0


def _bounded(at: float) -> float:
    return min(max(at, -FAREST), FAREST)


def _x(at: float) -> float:
    return (LEFT + RIGHT) / 2 + at / FAREST * (RIGHT - LEFT) / 2


def _mark(n: int, x: float, y: float) -> str:
    number = n % len(COLOURS)
    paint = f'class="v-f{number}"'
    match MARKS[n % len(MARKS)]:
        case "square":
            return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" {paint}/>'
        case "diamond":
            return f'<path d="M{x:.1f} {y - 5:.1f}l5 5l-5 5l-5 -5z" {paint}/>'
        case "triangle":
            return f'<path d="M{x:.1f} {y - 5:.1f}l5 9h-10z" {paint}/>'
        case "cross":
            return f'<path d="M{x - 4:.1f} {y - 4:.1f}l8 8m0 -8l-8 8" class="v-s{number}" stroke-width="2.4"/>'
        case _:
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.4" {paint}/>'


def _text(x: float, y: float, words: str, tone: str = "v-ink", anchor: str = "start") -> str:
    return f'<text class="{tone}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'
