"""What is wrong with a district's files, and where?

    file, line and column: what was found; what is allowed

Lines are those of the file, the header is line 1, as a spreadsheet counts its rows. Reading goes on after a mistake, so
that one look shows them all; a scenario that is to run is refused with the first and the number of the others.
"""

from dataclasses import dataclass, field

from model.refusal import ScenarioError, printable

MOST_KEPT = 1_000  # a file of another kind has a mistake in every cell; nobody reads more


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake; `lines` is '7' or '2 to 7', and empty where the whole file is meant, as `column` for a whole line."""

    file: str
    lines: str
    column: str
    found: str
    allowed: str

    def where(self) -> str:
        """File, line and column, as far as they can be said."""
        lines = f"line{'s' if ' ' in self.lines else ''} {self.lines}" if self.lines else ""
        column = f"column {self.column}" if self.column else ""
        return printable(", ".join(part for part in (self.file, lines, column) if part))


@dataclass(slots=True)
class Mistakes:
    """The mistakes of a district in the order in which they were found."""

    found: list[Mistake] = field(default_factory=list)
    n: int = 0

    def add(self, file: str, line: int | str, column: str, found: str, allowed: str) -> None:
        """Note one; a line of 0 means the whole file."""
        self.n += 1
        if len(self.found) < MOST_KEPT:
            self.found.append(Mistake(file, str(line or ""), column, found, allowed))

    def refuse(self, folder: str) -> None:
        """Raise ScenarioError with the first mistake and the number of the others, if there are any."""
        if not self.found:
            return
        first, others = self.found[0], self.n - 1
        more = f" (and {others:,} more: alliance district {printable(folder)} lists them)" if others else ""
        raise ScenarioError(first.where(), first.found, first.allowed + more)
