"""Where do the children live, and where is care?

Communities are bubbles whose area is their number of children; each kind of provider has a shape of its own, so that no
colour needs to be told from another. Names are put where they cover nothing, as far as there is room.
"""

import io
import math
import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple

from agents.centre.record import ALLIANCE_HOSPITAL, CENTRE, CLINIC, MATERNAL_HOSPITAL, OTHER_HOSPITAL
from model.district import District
from model.refusal import cut

INK, QUIET, RULE, GROUND = "#1c2530", "#56616e", "#dfe3e8", "#f5f6f8"
BUBBLE, BUBBLE_EDGE, POLICY, WARM = "#cfe0ef", "#7fa6c9", "#0b62a8", "#8a4b00"
SHAPES = {  # marker, points across, colour, words
    CLINIC: ("o", 6.0, WARM, "private clinic"),
    CENTRE: ("s", 8.5, POLICY, "community centre"),
    OTHER_HOSPITAL: ("P", 11.0, QUIET, "other hospital"),
    MATERNAL_HOSPITAL: ("^", 11.0, QUIET, "maternal-and-child hospital"),
    ALLIANCE_HOSPITAL: ("*", 18.0, INK, "alliance hospital"),
}
FONTS = (
    "DejaVu Sans", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB",
    "WenQuanYi Micro Hei", "SimHei",
)  # fmt: skip
WIDTH_INCHES, TALLEST_INCHES, FLATTEST_INCHES = 9.0, 10.0, 5.0
LEGEND_INCHES, TITLE_INCHES, MARGIN_INCHES = 2.75, 0.62, 0.3
DOTS_PER_INCH, POINTS_PER_INCH = 160, 72
LARGEST_BUBBLE = 46.0  # points across
MOST_AT_FULL_SIZE, LEAST_SHRINK = 40, 0.5  # places; in a crowded district all is drawn smaller
MOST_NAMED_COMMUNITIES, MOST_NAMED_CENTRES, LONGEST_NAME = 60, 25, 28
ONE_RING, TWO_RINGS = (1.0,), (1.0, 1.8)


def draw_map(district: District, title: str, suffix: str) -> bytes:
    """The map as a picture; `suffix` is .png or .svg."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    fonts = _fonts()
    with mpl.rc_context({"font.family": fonts, "svg.hashsalt": "alliance", "svg.fonttype": "path"}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # a name in a script for which this machine has no font
        left, right, low, high = _extent(district)
        map_inches = WIDTH_INCHES - LEGEND_INCHES - 2 * MARGIN_INCHES
        height = min(
            TALLEST_INCHES, max(FLATTEST_INCHES, map_inches * (high - low) / (right - left) + TITLE_INCHES + MARGIN_INCHES)
        )
        figure = Figure(figsize=(WIDTH_INCHES, height), dpi=DOTS_PER_INCH, facecolor="white")
        FigureCanvasAgg(figure)
        axes = figure.add_axes(_share(figure, MARGIN_INCHES, MARGIN_INCHES, map_inches, height - TITLE_INCHES - MARGIN_INCHES))
        (left, right), (low, high) = _filling(axes, left, right, low, high)
        axes.set(xlim=(left, right), ylim=(low, high), aspect="equal", xticks=[], yticks=[], facecolor=GROUND)
        for spine in axes.spines.values():
            spine.set_color(RULE)
        sizes = sizes_of(district)
        _communities(axes, district, sizes)
        _providers(axes, district, sizes)
        figure.draw_without_rendering()
        _names(axes, district, sizes)
        _scale_bar(axes)
        _legend(figure, district, sizes)
        figure.text(
            MARGIN_INCHES / WIDTH_INCHES,
            1.0 - 0.42 / height,
            cut(title, 80),
            fontsize=14,
            color=INK,
            weight="bold",
            parse_math=False,
        )
        file = io.BytesIO()
        figure.savefig(file, format=suffix[1:], metadata={"Date": None} if suffix == ".svg" else {"Software": None})
    return file.getvalue()


def _fonts() -> list[str]:
    from matplotlib import font_manager

    there = set(font_manager.get_font_names())
    return [name for name in FONTS if name in there]


def _share(figure: Any, left: float, bottom: float, width: float, height: float) -> tuple[float, float, float, float]:
    """A rectangle in inches as shares of the figure."""
    across, up = figure.get_size_inches()
    return left / across, bottom / up, width / across, height / up


def _extent(district: District) -> tuple[float, float, float, float]:
    """What the map shows, with room around it [km]."""
    places = (*district.communities, *district.providers)
    xs, ys = [place.x_km for place in places], [place.y_km for place in places]
    room = max(max(xs) - min(xs), max(ys) - min(ys), 1.0) * 0.11
    return min(xs) - room, max(xs) + room, min(ys) - room, max(ys) + room


def _filling(axes: Any, left: float, right: float, low: float, high: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """The same extent, made wider or higher so that it fills the axes with as many kilometres to the inch both ways."""
    frame = axes.get_window_extent()
    km = max((right - left) / frame.width, (high - low) / frame.height)
    across, up = km * frame.width / 2.0, km * frame.height / 2.0
    x, y = (left + right) / 2.0, (low + high) / 2.0
    return (x - across, x + across), (y - up, y + up)


class Sizes(NamedTuple):
    """How large everything is drawn [points]; the more places there are, the smaller."""

    most: int  # children of the largest community
    shrink: float

    def bubble(self, children: float) -> float:
        """Width of a community's bubble: its area is in proportion to the children."""
        return LARGEST_BUBBLE * self.shrink * math.sqrt(children / self.most)

    def shape(self, kind: int) -> float:
        """Width of a provider's shape."""
        return SHAPES[kind][1] * math.sqrt(self.shrink)


def sizes_of(district: District) -> Sizes:
    """The sizes that suit a district."""
    n = len(district.communities) + len(district.providers)
    most = max(sum(community.children) for community in district.communities)
    return Sizes(most, max(LEAST_SHRINK, min(1.0, math.sqrt(MOST_AT_FULL_SIZE / n))))


def _communities(axes: Any, district: District, sizes: Sizes) -> None:
    for community in sorted(district.communities, key=lambda each: -sum(each.children)):
        size = sizes.bubble(sum(community.children))
        axes.plot(
            community.x_km, community.y_km, "o", markersize=size, color=BUBBLE, markeredgecolor=BUBBLE_EDGE, markeredgewidth=0.8,
            zorder=2,
        )  # fmt: skip


def _providers(axes: Any, district: District, sizes: Sizes) -> None:
    for order, kind in enumerate(SHAPES):
        marker, _, colour, _ = SHAPES[kind]
        size = sizes.shape(kind)
        for provider in district.of_kind(kind):
            if provider.certified:
                axes.plot(
                    provider.x_km, provider.y_km, "o", markersize=size + 7.0, color="none", markeredgecolor=INK,
                    markeredgewidth=1.2, zorder=4,
                )  # fmt: skip
            axes.plot(
                provider.x_km, provider.y_km, marker, markersize=size, color=colour, markeredgecolor="white", markeredgewidth=0.8,
                zorder=5 + order,
            )  # fmt: skip


# -- names ------------------------------------------------------------------------------------------------------------

Box = tuple[float, float, float, float]  # left, bottom, right, top [pixels]


def _boxes(axes: Any, district: District, sizes: Sizes) -> list[Box]:
    """What a name should not cover: every shape."""
    pixels = DOTS_PER_INCH / POINTS_PER_INCH
    found = []
    for provider in district.providers:
        half = (sizes.shape(provider.kind) / 2.0 + (3.5 if provider.certified else 0.0)) * pixels
        x, y = axes.transData.transform((provider.x_km, provider.y_km))
        found.append((x - half, y - half, x + half, y + half))
    return found


def _labels(district: District, sizes: Sizes) -> Iterator[tuple[float, float, str, float, dict[str, Any]]]:
    """Position, text, distance from the position [points] and style of each name, the most important first."""
    strong = {"fontsize": 8.0, "color": INK, "weight": "bold"}
    for kind in (ALLIANCE_HOSPITAL, MATERNAL_HOSPITAL, OTHER_HOSPITAL):
        for provider in district.of_kind(kind):
            yield provider.x_km, provider.y_km, provider.name, sizes.shape(kind) / 2.0, {"fontsize": 7.5, "color": INK}
    largest = sorted(district.communities, key=lambda each: -sum(each.children))[:MOST_NAMED_COMMUNITIES]
    for community in largest:
        n = sum(community.children)
        yield community.x_km, community.y_km, f"{cut(community.name, LONGEST_NAME)}\n{n:,}", sizes.bubble(n) / 2.0, strong
    centres = district.of_kind(CENTRE)
    for centre in centres if len(centres) <= MOST_NAMED_CENTRES else ():
        yield centre.x_km, centre.y_km, centre.name, sizes.shape(CENTRE) / 2.0, {"fontsize": 6.5, "color": POLICY}


def _names(axes: Any, district: District, sizes: Sizes) -> None:
    """Each name at the first place around its position where it covers nothing; a name without such a place is left out."""
    from matplotlib.patheffects import withStroke

    taken, frame = _boxes(axes, district, sizes), axes.get_window_extent()
    pixels = DOTS_PER_INCH / POINTS_PER_INCH
    halo = [withStroke(linewidth=2.0, foreground="white", alpha=0.8)]
    for x_km, y_km, name, distance, style in _labels(district, sizes):
        x, y = axes.transData.transform((x_km, y_km))
        text = axes.text(
            x_km, y_km, cut(name, LONGEST_NAME + 10), ha="center", va="center", zorder=20, linespacing=1.15, parse_math=False,
            path_effects=halo,
            **style,
        )  # fmt: skip
        extent = text.get_window_extent()
        rings = (
            ONE_RING if style["color"] == POLICY or sizes.shrink < 1.0 else TWO_RINGS
        )  # far from its centre a name would seem another's
        half_width, half_height = extent.width / 2.0 + 2.0, extent.height / 2.0 + 1.0
        for dx, dy in _offsets((distance + 2.5) * pixels, half_width, half_height, rings):
            box = (x + dx - half_width, y + dy - half_height, x + dx + half_width, y + dy + half_height)
            if _is_inside(box, frame) and not any(_overlap(box, other) for other in taken):
                text.set_position(axes.transData.inverted().transform((x + dx, y + dy)))
                taken.append(box)
                break
        else:
            text.remove()


def _offsets(distance: float, half_width: float, half_height: float, rings: tuple[float, ...]) -> Iterator[tuple[float, float]]:
    """Where a name may stand: below, above, right, left, then at the corners, ring after ring [pixels]."""
    for ring in rings:
        far = distance * ring
        yield 0.0, -far - half_height
        yield 0.0, far + half_height
        yield far + half_width, 0.0
        yield -far - half_width, 0.0
        if len(rings) > 1:
            near = far * math.sqrt(1.0 / 2.0)
            for right in (1, -1):
                for up in (-1, 1):
                    yield right * (near + half_width), up * (near + half_height)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _is_inside(box: Box, frame: Any) -> bool:
    return box[0] > frame.x0 + 3 and box[2] < frame.x1 - 3 and box[1] > frame.y0 + 3 and box[3] < frame.y1 - 3


# -- what the signs mean ----------------------------------------------------------------------------------------------


def round_length(km: float) -> float:
    """The longest of 1, 2, 5, 10, 20 ... that is not longer [km]."""
    power = 10.0 ** math.floor(math.log10(km))
    return max(step * power for step in (1.0, 2.0, 5.0) if step * power <= km)


def _scale_bar(axes: Any) -> None:
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    length, y = round_length((right - left) / 4.0), low + (high - low) * 0.035
    x = left + (right - left) * 0.03
    axes.plot([x, x, x + length, x + length], [y * 1.0, y, y, y], color=INK, linewidth=2.0, solid_capstyle="butt", zorder=21)
    axes.annotate(f"{length:g} km", (x + length / 2.0, y), (0, 3), textcoords="offset points", ha="center", fontsize=7.5, color=INK)


def _legend(figure: Any, district: District, sizes: Sizes) -> None:
    """Shapes with their numbers, and bubbles of round sizes, to the right of the map."""
    from matplotlib.lines import Line2D

    handles, words = [], []
    for kind in (CENTRE, CLINIC, MATERNAL_HOSPITAL, OTHER_HOSPITAL, ALLIANCE_HOSPITAL):
        if n := len(district.of_kind(kind)):
            marker, _, colour, name = SHAPES[kind]
            handles.append(
                Line2D([], [], linestyle="none", marker=marker, markersize=sizes.shape(kind), color=colour, markeredgecolor="white")
            )
            words.append(f"{name} ({n})" if n > 1 else name)
    if certified := sum(provider.certified for provider in district.providers):
        handles.append(Line2D([], [], linestyle="none", marker="o", markersize=14, color="none", markeredgecolor=INK))
        words.append(f"certified doctors ({certified})")
    left = 1.0 - (LEGEND_INCHES - 0.1) / WIDTH_INCHES
    top = 1.0 - TITLE_INCHES / figure.get_size_inches()[1]
    style: dict[str, Any] = {
        "loc": "upper left",
        "frameon": False,
        "fontsize": 8,
        "alignment": "left",
        "title_fontproperties": {"weight": "bold", "size": 8.5},
    }
    shapes = figure.legend(handles, words, title="Care", bbox_to_anchor=(left, top + 0.01), labelspacing=0.9, **style)
    figure.draw_without_rendering()
    below = shapes.get_window_extent().transformed(figure.transFigure.inverted()).y0
    rounds = sorted({round_length(sizes.most * share) for share in (1.0, 0.3, 0.08) if sizes.most * share >= 1.0}, reverse=True)
    gap = 0.15 / figure.get_size_inches()[1]
    bubbles = [
        Line2D([], [], linestyle="none", marker="o", markersize=sizes.bubble(n), color=BUBBLE, markeredgecolor=BUBBLE_EDGE)
        for n in rounds
    ]
    figure.legend(
        bubbles, [f"{n:,.0f}" for n in rounds], title="Children under 15", bbox_to_anchor=(left, below - gap), labelspacing=2.6,
        handletextpad=2.0, handlelength=3.0, **style,
    )  # fmt: skip
