"""Does every component with a template hear its events through the one door that checks them?"""

from pathlib import Path

import pytest

pytestmark = pytest.mark.convention

DASHBOARD = Path(__file__).resolve().parents[2] / "dashboard"


def test_no_part_of_the_page_goes_round_the_door() -> None:
    files = [path for path in DASHBOARD.rglob("*.py") if path.name != "heard.py"]
    assert [path.name for path in files if "solara.component_vue" in path.read_text(encoding="utf-8")] == []
