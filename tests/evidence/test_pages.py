"""Do the generated pages say what is declared?"""

import pytest

from experiments.declared import PAGES
from experiments.evidence.page import FOLDER, pages
from model.known import declared_figures
from model.parameters import declarations

pytestmark = pytest.mark.convention

WRITTEN = {name: text().encode() for name, text in PAGES.items()} | pages()


@pytest.mark.parametrize("name", WRITTEN)
def test_a_generated_page_is_up_to_date(name):
    assert (FOLDER / name).read_bytes() == WRITTEN[name], "python -m experiments.declared writes it anew"


def test_the_page_tells_of_every_datum_and_every_actor():
    text = WRITTEN["evidence.md"].decode()
    assert [name for name in declared_figures() if f"| `{name}`: " not in text] == []
    assert [key for key in declarations() if f"| `{key.partition('.')[0]}` |" not in text] == []
    assert f"| {len(declarations())} |" in text


def test_the_page_shows_the_picture():
    assert "](evidence.svg)" in WRITTEN["evidence.md"].decode()


def test_every_row_of_a_table_has_as_many_cells_as_its_head():
    blocks = [block.splitlines() for block in WRITTEN["evidence.md"].decode().split("\n\n") if block.startswith("|")]
    assert len(blocks) == 5
    assert [
        row for block in blocks for row in block if row.count(" | ") != block[0].count(" | ") and not row.startswith("|---")
    ] == []
