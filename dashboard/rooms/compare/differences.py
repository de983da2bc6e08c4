"""How far are the policies from the reference, and how sure is that?"""

from __future__ import annotations

from collections.abc import Sequence

import solara

from dashboard import figures
from dashboard.parts.plot import Plot, PlotPart, Table
from dashboard.rooms.compare import forest
from dashboard.rooms.compare.beside import Entry
from dashboard.rooms.compare.figures import compared, difference_texts, frame, judge
from dashboard.rooms.compare.looks import colour_of
from dashboard.rooms.compare.side_by_side import Together
from dashboard.rooms.decide.first_figures import SIDE_BY_SIDE, WRITERS
from dashboard.session import Session
from dashboard.texts import Texts
from experiments.paired import Difference
from experiments.subjects import MAY_BREAK

CASES = ("n_missed_serious_per_1000_serious", "n_missed_serious", "n_severe_harm")


@solara.component
def Differences(session: Session, listed: list[Entry], together: Together, reference: Entry | None) -> None:
    """A picture for each figure that can be read as success, with those that it can hide, and one of what a policy can break."""
    texts = Texts(session.language.value)
    pairs = [(entry, other) for entry in listed if (other := compared(listed, together, entry, reference))]
    if not pairs:
        return
    with solara.Div(classes=["compare-differences"]):
        for first, others in SIDE_BY_SIDE.items():
            title = texts("compare_figures.picture", name=texts(f"tile.{first}"))
            PlotPart(session, plot(texts, title, pairs, together, reference, listed, (first, *others))).key(first)
        title = texts("compare_figures.breaks")
        PlotPart(session, plot(texts, title, pairs, together, reference, listed, MAY_BREAK)).key("breaks")


def plot(
    texts: Texts, title: str, pairs: Sequence[tuple[Entry, Entry]], together: Together, reference: Entry | None,
    listed: Sequence[Entry], names: Sequence[str],
) -> Plot:  # fmt: skip
    """Return the picture of some figures, a panel each."""
    panels = [panel(texts, pairs, together, name) for name in names]

    def words(found: Difference) -> tuple[str, str]:
        return difference_texts(texts, found, WRITERS[found.indicator][1], is_settled=together.is_settled)

    rows = [
        [entry.title, texts(f"tile.{name}"), *words(together.difference(entry, other, name))]
        for name in names
        for entry, other in pairs
    ]
    heads = texts.several("compare_figures", "head_policy", "head_figure", "head_difference", "head_interval").values()
    return Plot(
        name=f"compare-{names[0]}",
        title=title,
        option=forest.option(panels),
        table=Table(list(heads), rows, frame(listed, together, reference, names)),
        note=texts("compare_figures.picture_note"),
        height=forest.height_of(panels),
    )


def panel(texts: Texts, pairs: Sequence[tuple[Entry, Entry]], together: Together, name: str) -> forest.Panel:
    """Return one figure's differences, a row a policy."""
    found = [(entry, together.difference(entry, other, name)) for entry, other in pairs]
    rows = [[forest.Mark(one, colour_of(entry), judge(texts, one, together).is_told)] for entry, one in found]
    return forest.Panel(titled(texts, name), [entry.title for entry, _ in pairs], rows, times_of(texts, name))


def titled(texts: Texts, name: str) -> str:
    """Return a figure's name with the unit in which a picture shows its difference."""
    return texts("compare_figures.with_unit", name=texts(f"tile.{name}"), unit=unit_of(texts, name))


def kind_of(name: str) -> str:
    """Return in which unit a figure is drawn, as charts name it."""
    if name in CASES:
        return "per_thousand"
    if name.startswith("n_weeks"):
        return "weeks"
    return "yuan" if name.endswith("_yuan") else "hours" if name.startswith("wait_hours") else "percent"


def unit_of(texts: Texts, name: str) -> str:
    """Return the unit of a drawn difference."""
    kind = kind_of(name)
    return texts("figure.yuan_unit") if kind == "yuan" else texts(f"compare_figures.unit_{kind}")


def times_of(texts: Texts, name: str) -> float:
    """Return what a drawn number is multiplied by."""
    return figures.CHART_SCALE[kind_of(name)][texts.language]
