"""With which policy may one begin? A few, one click each, from `presets.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

from dashboard.choice import Choice, Settings
from dashboard.session import Session
from dashboard.texts import Texts


@cache
def presets() -> dict[str, tuple[dict[str, str], Settings]]:
    """Return names by language and levers of each preset, by its key."""
    said = tomllib.loads(Path(__file__).with_name("presets.toml").read_text(encoding="utf-8"))
    return {key: ({"en": one["en"], "zh": one["zh"]}, tuple(sorted(one["settings"].items()))) for key, one in said.items()}


def offered(texts: Texts, choice: Choice) -> list[dict[str, object]]:
    """Return what to show of each preset, and whether it is what is chosen."""
    return [
        {"key": key, "name": names[texts.language], "is_chosen": choice.settings == settings}
        for key, (names, settings) in presets().items()
    ]  # fmt: skip


def take(session: Session, key: object) -> None:
    """Take a preset in place of the levers as they stand."""
    if isinstance(key, str) and key in presets():
        session.change(replace(session.choice, settings=presets()[key][1]))
