"""How does a table fit a terminal of any width, so that its numbers are the last thing to go?

Names are folded and words wrapped, down to a least width; where that does not do, the words of a row go below its name; where that
does not do either, a row becomes some lines: the name, each number after its heading, the words. Nothing is ever cut.
Every table that a person reads at a terminal is one of these.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from rich import box as boxes
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

LEAST = {"name": 14, "words": 20}  # columns; a word of a number is never broken
INDENT = 2


class Kind(IntEnum):
    """What stands in a column, in the order in which room is given."""

    NUMBER = 0
    NAME = 1
    WORDS = 2


NUMBER, NAME, WORDS = Kind.NUMBER, Kind.NAME, Kind.WORDS


@dataclass(frozen=True)
class Row:
    """The cells of a row, how they look, and whether a line stands above."""

    cells: tuple[Text, ...]
    style: str = ""
    begins_section: bool = False


@dataclass
class Sheet:
    """A table: `columns` are headings with their kinds; rows are added one by one, each cell plain text without markup."""

    title: str
    columns: Sequence[tuple[str, Kind]]
    box: boxes.Box | None = field(default_factory=lambda: boxes.HEAVY_HEAD)
    has_head: bool = True
    has_lines: bool = False
    rows: list[Row] = field(default_factory=list)

    def add(self, *cells: str | Text, style: str = "", begins_section: bool = False) -> None:
        """Add a row; cells that are left out are empty."""
        texts = [cell if isinstance(cell, Text) else Text(cell) for cell in cells]
        texts += [Text() for _ in range(len(self.columns) - len(texts))]
        self.rows.append(Row(tuple(texts), style, begins_section))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The widest form that fits."""
        width = options.max_width
        for sheet in (self, self._with_words_below()):
            widths = sheet._widths(width)
            if widths:
                yield sheet._table(widths)
                return
        yield from self._as_lines()

    # -- a table ----------------------------------------------------------------------------------------------------

    def _cells(self, column: int) -> list[str]:
        head = [self.columns[column][0]] if self.has_head else []
        return head + [row.cells[column].plain for row in self.rows]

    def _widths(self, width: int) -> list[int]:
        """The width of each column, or nothing if they do not fit."""
        least, most = [], []
        for n, (_, kind) in enumerate(self.columns):
            cells = self._cells(n)
            word = max((cell_len(word) for cell in cells for word in cell.split()), default=0)
            least.append(max(1, min(word, LEAST.get(kind.name.lower(), word))))
            most.append(max([least[-1], *(cell_len(line) for cell in cells for line in cell.splitlines())]))
        spare = width - sum(least) - 3 * len(self.columns) - 1
        if spare < 0:
            return []
        for kind in Kind:
            wanting = sorted((n for n, (_, one) in enumerate(self.columns) if one == kind), key=lambda n: most[n] - least[n])
            for done, n in enumerate(wanting):
                more = min(most[n] - least[n], spare // (len(wanting) - done))
                least[n], spare = least[n] + more, spare - more
        return least

    def _table(self, widths: Sequence[int]) -> Table:
        looks = {"title_justify": "left", "title_style": "bold", "show_header": self.has_head, "show_lines": self.has_lines}
        table = Table(title=Text(self.title) if self.title else None, box=self.box, **looks)
        for (head, kind), width in zip(self.columns, widths, strict=True):
            table.add_column(Text(head), justify="right" if kind == NUMBER else "left", width=width, overflow="fold")
        for row in self.rows:
            if row.begins_section:
                table.add_section()
            table.add_row(*row.cells, style=row.style)
        return table

    def _with_words_below(self) -> "Sheet":
        """The same with the words of a row below its first name; without a name, or without words, as it is."""
        kinds = [kind for _, kind in self.columns]
        if NAME not in kinds or WORDS not in kinds:
            return self
        kept = [n for n, kind in enumerate(kinds) if kind != WORDS]
        first = kinds.index(NAME)
        below = Sheet(self.title, [self.columns[n] for n in kept], self.box, self.has_head, self.has_lines)
        for row in self.rows:
            named = Text("\n").join([row.cells[first], *self._said(row, WORDS)])
            cells = [named if n == first else row.cells[n] for n in kept]
            below.add(*cells, style=row.style, begins_section=row.begins_section)
        return below

    def _said(self, row: Row, kind: Kind) -> Iterator[Text]:
        """The cells of a kind that are not empty, numbers and several words after their heading."""
        several = kind == NUMBER or sum(one == kind for _, one in self.columns) > 1
        for (head, one), cell in zip(self.columns, row.cells, strict=True):
            if one == kind and cell.plain:
                is_headed = several and self.has_head
                yield Text.assemble(f"{' '.join(head.split())}: ", Text(" ").join(cell.split())) if is_headed else cell

    # -- lines ------------------------------------------------------------------------------------------------------

    def _as_lines(self) -> RenderResult:
        if self.title:
            yield Text(self.title, style="bold", overflow="fold")
        for row in self.rows:
            yield Text(", ".join(cell.plain for cell in self._names(row)), style=row.style or "bold", overflow="fold")
            for kind in (NUMBER, WORDS):
                for text in self._said(row, kind):
                    text.overflow = "fold"
                    yield Padding(text, (0, 0, 0, INDENT))

    def _names(self, row: Row) -> Iterator[Text]:
        return (cell for (_, kind), cell in zip(self.columns, row.cells, strict=True) if kind == NAME and cell.plain)
