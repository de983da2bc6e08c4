"""What stands behind every picture? Its files and its numbers, as a tag `numbers-behind` of the templates that want it."""

from __future__ import annotations

from pathlib import Path

NUMBERS_BEHIND = {"numbers-behind": Path(__file__).with_name("behind.vue").read_text(encoding="utf-8")}
