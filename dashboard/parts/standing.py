"""Is what stands here of what is chosen?

After another scenario, an upload, a reading, a link or a step back, the head of the page names the new world at once; what was
drawn of the old one stays in its place, grey and called so, until its successor is there.
"""

from __future__ import annotations

import solara

from dashboard.texts import Texts


@solara.component
def Standing(
    texts: Texts, *, is_old: bool, is_computing: bool = True, children: list[solara.Element] = [],  # noqa: B006  never changed
) -> None:  # fmt: skip
    """Results, grey while they are of another world; `is_computing` says whether others are on their way."""
    classes = ["room-grid", "standing", *(["is-old"] if is_old else [])]
    said = [texts("work.computing")] if is_old and is_computing else []
    head = solara.Div(classes=["computing"], attributes={"role": "status"}, children=said)
    solara.Div(classes=classes, attributes={"aria-busy": "true" if is_computing else "false"}, children=[head, *children])
