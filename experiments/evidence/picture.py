"""What is badly known and moves the answer?

Evidence against influence: each parameter is a dot, to the right the less is known of it, upward the more it moves the
answer (on a scale of powers of ten). The upper right corner is the one to worry about: its dots are numbered and named
beside the field. Levers are hollow and never named, since what they do is what is asked. The drawing is text (SVG): same
figures, same bytes.
"""

import math
from collections.abc import Mapping
from html import escape

import numpy as np

from experiments.evidence.strength import BANDS, WEAK, Standing, dangerous, standings, strong_from

WIDTH, HEIGHT = 1000, 640
LEFT, RIGHT, TOP, BOTTOM = 62, 644, 96, 548  # the field of the dots
NAMES_AT, NUMBER_WIDTH, LINE, MOST_NAMES = 664, 20, 18, 24
NAME_SIZE, WIDEST_LETTER = 11.5, 0.55  # of a name; width of a letter against its size in a wide font
RADIUS, NAMED_RADIUS = 4.2, 8.0
STEP, FAREST = 2.0, 90  # how far a dot gives way to the side, and at most how often
UP_OR_DOWN = (-12.0, -8.0, -4.0, 0.0, 4.0, 8.0, 12.0)  # a fifth of the influence at most
DECADES = 3  # of influence that are shown; what lies below stands at the bottom
OUTLIER = 3.0  # times the greatest but for one dot in a hundred: what lies above stands at the top
INK, FAINT, RULE, CORNER = "#1f2933", "#52606d", "#d5dae0", "#fff1e0"
COLOURS = {  # told apart by colour-blind readers too (Okabe and Ito); the place of a dot says the same
    "law": "#000000",
    "measured": "#0072b2",
    "estimated": "#56b4e9",
    "calibrated": "#009e73",
    "assumed": "#e69f00",
}
DANGER = "#c4400a"
HEADINGS = {"assumed": "assumed: narrow range → wide range"}
SIZE = f'width="{WIDTH}" height="{HEIGHT}"'
FONT = "font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\""


def _x(strength: float) -> float:
    return LEFT + (1 - strength) * (RIGHT - LEFT)


class Scale:
    """From influence to height: powers of ten, with what is out of bounds at the edge."""

    def __init__(self, found: list[Standing]) -> None:
        moved = sorted(each.influence for each in found if 0 < each.influence < math.inf)
        most = moved[math.ceil(0.99 * len(moved)) - 1] if moved else 1.0
        self.high = max((one for one in moved if one <= OUTLIER * most), default=1.0)
        self.low = self.high / 10**DECADES

    def y(self, influence: float) -> float:
        """Height of an influence on the drawing [px]."""
        inside = min(max(influence, self.low), self.high)
        return BOTTOM - math.log10(inside / self.low) / DECADES * (BOTTOM - TOP)

    def ticks(self) -> list[float]:
        """Powers of ten inside the bounds."""
        powers = range(math.ceil(math.log10(self.low) - 1e-9), math.floor(math.log10(self.high) + 1e-9) + 1)
        return [10.0**power for power in powers]


def _ways() -> np.ndarray:
    """How a dot may give way [px], the nearest first: far to the side, hardly up or down; shape (n, 2)."""
    across = [STEP * n for n in range(-FAREST, FAREST + 1)]
    steps = [(dx, dy) for dx in across for dy in UP_OR_DOWN]
    return np.array(sorted(steps, key=lambda step: (step[0] ** 2 + step[1] ** 2, step)))


def places(found: list[Standing], named: list[Standing], scale: Scale) -> dict[str, tuple[float, float]]:
    """Where each dot stands [px]; dots that would cover each other give way, those without a number to those with one."""
    ways, rest = _ways(), [each for each in found if each not in named]
    placed: dict[str, tuple[float, float]] = {}
    taken = np.empty((0, 3))  # x, y, radius
    for each in [*named, *rest]:
        radius = NAMED_RADIUS if each in named else RADIUS
        x, y = min(max(_x(each.strength), LEFT + radius), RIGHT - radius), scale.y(each.influence)
        near = taken[abs(taken[:, 1] - y) < radius + taken[:, 2] + UP_OR_DOWN[-1]]
        asked = ways + np.array([x, y])
        inside = (asked[:, 0] >= LEFT + radius) & (asked[:, 0] <= RIGHT - radius) & (asked[:, 1] >= TOP) & (asked[:, 1] <= BOTTOM)
        asked = asked[inside]
        apart = ((asked[:, None, :] - near[None, :, :2]) ** 2).sum(axis=2) >= (near[:, 2] + radius) ** 2
        free = asked[apart.all(axis=1)]
        x, y = free[0].tolist() if len(free) else (x, y)
        placed[each.name] = (x, y)
        taken = np.vstack([taken, (x, y, radius)])
    return placed


def _text(x: float, y: float, words: str, size: float = 12, colour: str = INK, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{colour}"{more}>{escape(words)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, colour: str = RULE) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="1"/>'


def _frame(scale: Scale, least: float, measure: str) -> list[str]:
    corner = scale.y(least) if least < math.inf else TOP
    parts = [
        f'<rect x="{_x(WEAK):.1f}" y="{TOP}" width="{RIGHT - _x(WEAK):.1f}" height="{max(corner - TOP, 0):.1f}" fill="{CORNER}"/>'
    ]
    for tick in scale.ticks():
        y = scale.y(tick)
        parts += [_line(LEFT, y, RIGHT, y), _text(LEFT - 7, y + 4, f"{tick:,.15g}", 11, FAINT, ' text-anchor="end"')]
    for kind, (low, high) in BANDS.items():
        middle = (_x(low) + _x(high)) / 2
        parts.append(_line(_x(low), TOP - 24, _x(low), BOTTOM))
        parts.append(_text(middle, TOP - 10, HEADINGS.get(kind, kind), 11, INK, ' text-anchor="middle" font-weight="bold"'))
    parts.append(_line(_x(1.0), TOP - 24, _x(1.0), BOTTOM))
    middle = (TOP + BOTTOM) / 2
    turned = f' text-anchor="middle" transform="rotate(-90 16 {middle:.0f})"'
    parts.append(_text(16, middle, f"how much it moves the answer ({measure})", 12, INK, turned))
    parts.append(_text(RIGHT, BOTTOM + 20, "how little is known: kind, then width of the range →", 12, INK, ' text-anchor="end"'))
    return parts


def _dot(each: Standing, at: tuple[float, float], number: int) -> str:
    """One dot; number 0 has no name beside the field."""
    colour = DANGER if number else COLOURS[each.kind]
    hollow = f'fill="#ffffff" stroke="{colour}" stroke-width="1.5"'
    paint = hollow if each.is_lever else f'fill="{colour}" stroke="#ffffff" stroke-width="0.7"'
    told = escape(f"{each.name}: {each.kind}, evidence {each.strength:.2f}, influence {each.influence:.4g}")
    radius = NAMED_RADIUS if number else RADIUS
    circle = f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius:g}" {paint}><title>{told}</title></circle>'
    within = ' text-anchor="middle" font-weight="bold" pointer-events="none"'
    return circle + (_text(at[0], at[1] + 3.4, str(number), 9.5, "#ffffff", within) if number else "")


def name_size(name: str) -> float:
    """Size of the letters in which a name ends within the drawing, whatever font the reader has [px]."""
    room = WIDTH - NAMES_AT - NUMBER_WIDTH
    return min(NAME_SIZE, math.floor(20 * room / (WIDEST_LETTER * len(name))) / 20)


def _names(named: list[Standing], n_more: int) -> list[str]:
    """The names beside the field, by number, the most influential first."""
    parts = [_text(NAMES_AT, TOP - 10, "badly known and influential", 12, DANGER, ' font-weight="bold"')]
    for n, each in enumerate(named, 1):
        y = TOP - 12 + n * LINE + 8
        parts.append(_text(NAMES_AT + 14, y, str(n), 11.5, DANGER, ' text-anchor="end" font-weight="bold"'))
        parts.append(_text(NAMES_AT + NUMBER_WIDTH, y, each.name, name_size(each.name)))
    if n_more:
        parts.append(_text(NAMES_AT + NUMBER_WIDTH, TOP - 4 + (len(named) + 1) * LINE, f"and {n_more} more", 11.5, FAINT))
    return parts


def _legend(found: list[Standing], scale: Scale) -> list[str]:
    y = BOTTOM + 48
    n_below = sum(each.influence < scale.low for each in found)
    n_above = sum(each.influence > scale.high for each in found)
    edges = [
        f"{n_below} with less stand at the bottom edge" * bool(n_below),
        f"{n_above} with more at the top edge" * bool(n_above),
    ]
    words = "; ".join(text for text in edges if text)
    return [
        f'<circle cx="{LEFT + 5}" cy="{y - 4}" r="{RADIUS}" fill="{COLOURS["assumed"]}"/>',
        _text(LEFT + 15, y, "behaviour or world"),
        f'<circle cx="{LEFT + 145}" cy="{y - 4}" r="{RADIUS}" fill="none" stroke="{COLOURS["assumed"]}" stroke-width="1.5"/>',
        _text(LEFT + 155, y, "lever: a planner sets it"),
        _text(LEFT, y + 22, f"{len(found)} parameters. {words}{'.' if words else ''}", 11, FAINT),
        _text(
            LEFT,
            y + 38,
            "Shaded: assumed within wide bounds, and among the most influential fifth of what is no lever.",
            11,
            FAINT,
        ),
    ]


def evidence_picture(influence: Mapping[str, float], title: str, measure: str = "influence") -> bytes:
    """The picture as SVG; `influence` by parameter in any unit, named by `measure`; raises KeyError for an unknown key."""
    found = standings(influence)
    scale, corner = Scale(found), dangerous(found)
    named = corner[:MOST_NAMES]
    placed, numbers = places(found, named, scale), {each.name: n for n, each in enumerate(named, 1)}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" {SIZE} {FONT}>',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        _text(LEFT, 32, title, 17, INK, ' font-weight="bold"'),
        _text(LEFT, 52, "Each dot is a parameter of the model.", 12, FAINT),
        *_frame(scale, strong_from(found), measure),
        *_names(named, len(corner) - len(named)),
        *(_dot(each, placed[each.name], numbers.get(each.name, 0)) for each in reversed(found)),
        *_legend(found, scale),
        "</svg>",
    ]
    return ("\n".join(parts) + "\n").encode()
