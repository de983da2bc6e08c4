"""What does the provider network of one moment look like?

A map in kilometres: neighbourhoods by their children and the share who are members, places by kind, accredited doctors as
dots at their place, first contacts of the year as grey flows, recorded referrals to the alliance hospital as arcs. It is
drawn from the graph that `model/network.py` gives, so the picture and the GraphML say the same.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from agents.centre.record import SITE_KINDS
from model import calendar
from model.network import provider_network

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from model.alliance import AllianceModel

INK, FAINT, FLOW, REFERRAL, CERTIFIED = "#1f2933", "#7b8794", "#52606d", "#b4411f", "#e0a100"
MARKERS = {  # kind: marker, size, colour, what it is
    "centre": ("s", 90, "#2f6f9f", "community centre"),
    "clinic": ("^", 60, "#6a9fb5", "private clinic"),
    "maternal_hospital": ("D", 130, "#7a5195", "maternal-and-child hospital"),
    "other_hospital": ("D", 130, "#9b9b9b", "other hospital"),
    "alliance_hospital": ("*", 520, "#b4411f", "alliance hospital"),
}
STYLE: dict[Any, Any] = {"svg.hashsalt": "alliance", "font.size": 9.0, "text.color": INK}
PALE_TO_FULL = ("#e9f2e4", "#7fb685")
INCHES, DOTS_PER_INCH = (12.0, 8.6), 160
MAP, SHADES, LEGEND = (0.03, 0.03, 0.70, 0.85), (0.757, 0.50, 0.17, 0.02), (0.735, 0.875)  # left, bottom, width, height
WIDEST_FLOW, LEAST_FLOW = 7.0, 0.02  # points; share of the widest below which a flow is not drawn
LARGEST_COMMUNITY = 620.0  # square points
RING = 0.022  # of the map's width: how far accredited doctors stand from their place
ROUND_LENGTHS = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0)  # km

Node = dict[str, Any]


def graph_file(model: AllianceModel, suffix: str) -> tuple[bytes, nx.MultiDiGraph]:
    """The provider network now, as a file of this kind (.graphml, .png or .svg), and the graph itself."""
    import networkx
    from matplotlib import rc_context

    graph = provider_network(model)
    if suffix == ".graphml":
        return "\n".join(networkx.generate_graphml(graph)).encode(), graph
    buffer = io.BytesIO()
    metadata = {"Date": None} if suffix == ".svg" else {}  # the same world gives the same file
    with rc_context(STYLE):
        draw(graph, heading(model, graph)).savefig(buffer, format=suffix[1:], dpi=DOTS_PER_INCH, metadata=metadata)
    return buffer.getvalue(), graph


def heading(model: AllianceModel, graph: nx.MultiDiGraph) -> tuple[str, str]:
    """Title and subtitle."""
    scenario = model.world_scenario
    day = calendar.week(model.week - 1).start + timedelta(days=6)
    weeks = model.week - calendar.BURN_IN_WEEKS
    when = f"Week {weeks} of the case ({day})" if weeks > 0 else f"Burn-in ({day})"
    n_doctors = sum(data["kind"] == "doctor" for _, data in graph.nodes(data=True))
    n_referrals = sum(data["n_referrals"] for *_, data in graph.edges(data=True) if data["kind"] == "referral")
    counts = f"{n_doctors} accredited doctors, {n_referrals:,} recorded referrals and the first contacts of the year so far"
    n_children = int(model.world.clock[0].n_children)
    return scenario.title or scenario.name, f"{when}, seed {model.world_seed}, {n_children:,} children: {counts}"


def draw(graph: nx.MultiDiGraph, texts: tuple[str, str]) -> Figure:
    """The map with legend, scale bar, title and subtitle; nothing is shown on a screen."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=INCHES)
    FigureCanvasAgg(figure)
    axes = figure.add_axes(MAP)
    axes.set_aspect("equal", anchor="W")
    axes.axis("off")
    _flows(axes, graph)
    _communities(axes, figure.add_axes(SHADES), graph)
    _places(axes, graph)
    _referrals(axes, graph)
    axes.margins(0.04)
    _scale_bar(axes)
    _legend(figure, graph)
    figure.text(MAP[0], 0.975, texts[0], fontsize=17, fontweight="bold", va="top")
    figure.text(MAP[0], 0.925, texts[1], fontsize=9.5, color=FAINT, va="top")
    return figure


def _nodes(graph: nx.MultiDiGraph, kind: str) -> list[tuple[str, Node]]:
    return [(name, data) for name, data in graph.nodes(data=True) if data["kind"] == kind]


def _at(graph: nx.MultiDiGraph, node: str) -> tuple[float, float]:
    data = graph.nodes[node]
    return data["x_km"], data["y_km"]


def _edges(graph: nx.MultiDiGraph, kind: str, count: str) -> Iterator[tuple[str, str, float]]:
    """Edges of a kind that carry something: from, to, share of the widest."""
    found = [(a, b, data[count]) for a, b, data in graph.edges(data=True) if data["kind"] == kind and data[count] > 0]
    widest = max((n for *_, n in found), default=1)
    return ((a, b, n / widest) for a, b, n in sorted(found, key=lambda edge: edge[2]))


def _flows(axes: Axes, graph: nx.MultiDiGraph) -> None:
    for community, site, share in _edges(graph, "access", "n_first_contacts"):
        if share >= LEAST_FLOW:
            x, y = zip(_at(graph, community), _at(graph, site), strict=True)
            axes.plot(x, y, color=FLOW, linewidth=WIDEST_FLOW * share, alpha=0.10 + 0.25 * share, solid_capstyle="round", zorder=1)


def _communities(axes: Axes, beside: Axes, graph: nx.MultiDiGraph) -> None:
    from matplotlib.colors import LinearSegmentedColormap

    nodes = [data for _, data in _nodes(graph, "community")]
    largest = max((data["n_children"] for data in nodes), default=1) or 1
    sizes = [LARGEST_COMMUNITY * data["n_children"] / largest for data in nodes]
    members = [data["n_member_children"] / max(1, data["n_children"]) for data in nodes]
    x, y = [data["x_km"] for data in nodes], [data["y_km"] for data in nodes]
    low, high = min(members, default=0.0), max(members, default=0.0)
    shades = LinearSegmentedColormap.from_list("members", PALE_TO_FULL)
    drawn = axes.scatter(x, y, s=sizes, c=members, cmap=shades, vmin=low, vmax=high, edgecolors="white", linewidths=1.2, zorder=2)
    bar = axes.figure.colorbar(drawn, cax=beside, orientation="horizontal", ticks=[low, high])
    bar.ax.set_title("neighbourhood: share of children in the plan", loc="left", fontsize=8.5, pad=5)
    bar.ax.xaxis.set_major_formatter(lambda share, _: f"{100 * share:.0f} %")
    bar.outline.set_visible(False)
    bar.ax.tick_params(labelsize=8.5, length=0)


def _places(axes: Axes, graph: nx.MultiDiGraph) -> None:
    low, high = axes.get_xlim()
    for kind in SITE_KINDS:
        marker, size, colour, _ = MARKERS[kind]
        at = [_at(graph, name) for name, _ in _nodes(graph, kind)]
        if at:
            axes.scatter(*zip(*at, strict=True), s=size, marker=marker, color=colour, edgecolors="white", linewidths=0.8, zorder=4)
    by_site: dict[str, int] = {}
    for doctor, _ in _nodes(graph, "doctor"):
        site = next(to for _, to, data in graph.out_edges(doctor, data=True) if data["kind"] == "works_at")
        by_site[site] = by_site.get(site, 0) + 1
    dots = [dot for site, n in by_site.items() for dot in _around(_at(graph, site), n, RING * (high - low))]
    if dots:
        axes.scatter(*zip(*dots, strict=True), s=26, color=CERTIFIED, edgecolors=INK, linewidths=0.5, zorder=6)


def _around(centre: tuple[float, float], n: int, radius: float) -> Iterator[tuple[float, float]]:
    """Places of n dots on a ring, from the top."""
    for i in range(n):
        angle = math.pi / 2 - 2 * math.pi * i / max(n, 8)
        yield centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)


def _referrals(axes: Axes, graph: nx.MultiDiGraph) -> None:
    from matplotlib.patches import FancyArrowPatch

    for site, hospital, share in _edges(graph, "referral", "n_referrals"):
        arc = FancyArrowPatch(
            _at(graph, site), _at(graph, hospital), connectionstyle="arc3,rad=0.18", arrowstyle="-|>", mutation_scale=7 + 4 * share,
            linewidth=0.8 + 2.6 * share, color=REFERRAL, alpha=0.45 + 0.4 * share, shrinkA=6, shrinkB=12, zorder=3,
        )  # fmt: skip
        axes.add_patch(arc)


def _scale_bar(axes: Axes) -> None:
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    length = max((length for length in ROUND_LENGTHS if length <= (right - left) / 5), default=ROUND_LENGTHS[0])
    y = bottom - 0.02 * (top - bottom)
    axes.plot([left, left + length], [y, y], color=INK, linewidth=2.2, solid_capstyle="butt", zorder=7)
    axes.annotate(f"{length:g} km", (left + length / 2, y), xytext=(0, 4), textcoords="offset points", ha="center", color=INK)


def _legend(figure: Figure, graph: nx.MultiDiGraph) -> None:
    from matplotlib.lines import Line2D

    def mark(marker: str, size: float, colour: str, text: str) -> Line2D:
        return Line2D(
            [], [], linestyle="none", marker=marker, markersize=math.sqrt(size), color=colour, markeredgecolor="white", label=text
        )

    entries = [mark(*MARKERS[kind][:3], f"{MARKERS[kind][3]} ({len(_nodes(graph, kind))})") for kind in SITE_KINDS]
    n_doctors, n_communities = len(_nodes(graph, "doctor")), len(_nodes(graph, "community"))
    entries.append(mark("o", 36, CERTIFIED, f"accredited doctor at a place ({n_doctors})"))
    entries.append(mark("o", 180, PALE_TO_FULL[1], f"neighbourhood, by its children ({n_communities})"))
    entries.append(Line2D([], [], color=FLOW, alpha=0.35, linewidth=5, label="first contacts of the year"))
    entries.append(Line2D([], [], color=REFERRAL, alpha=0.8, linewidth=2, label="recorded referrals of the year"))
    figure.legend(handles=entries, loc="upper left", bbox_to_anchor=LEGEND, frameon=False, labelspacing=1.15, handletextpad=0.9)
