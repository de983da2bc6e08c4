"""What is wrong with a district's files, and where? And what was read in another way than it stands there?

    file, line and column: what was found; what is allowed

Lines are those of the file, the header is line 1, as a spreadsheet counts its rows. Reading goes on after a mistake, so
that one look shows them all; a scenario that is to run is refused with the first and the number of the others. A remark
stops nobody: it names what was passed over or guessed.
"""

from dataclasses import dataclass, field

from model.refusal import Phrase, ScenarioError, phrase, printable

MOST_KEPT = 1_000  # a file of another kind has a mistake in every cell; nobody reads more
MOST_REMARKS = 20


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake; `lines` is '7' or '2 to 7', and empty where the whole file is meant, as `column` for a whole line."""

    file: str
    lines: str
    column: str
    found: Phrase
    allowed: Phrase

    def where(self) -> str:
        """File, line and column, as far as they can be said."""
        lines = f"line{'s' if ' ' in self.lines else ''} {self.lines}" if self.lines else ""
        column = f"column {self.column}" if self.column else ""
        return printable(", ".join(part for part in (self.file, lines, column) if part))

    def record(self) -> dict[str, str]:
        """The mistake as plain texts, for JSON."""
        said = {"found": str(self.found), "allowed": str(self.allowed)}
        return {"file": self.file, "lines": self.lines, "column": self.column} | said


class DistrictError(ScenarioError):
    """A district with mistakes: the text tells the first and where the others are listed; `mistakes` are all that were kept."""

    def __init__(self, mistakes: tuple[Mistake, ...], n: int, folder: str) -> None:
        first = mistakes[0]
        allowed = first.allowed
        if n > 1:
            more = "{allowed} (and {n} more: alliance district {folder} lists them)"
            allowed = phrase(more, allowed=first.allowed, n=f"{n - 1:,}", folder=folder)
        super().__init__(first.where(), first.found, allowed)
        self.mistakes, self.n, self.folder = mistakes, n, folder

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """How it travels from a worker to whoever asked."""
        return type(self), (self.mistakes, self.n, self.folder)


@dataclass(slots=True)
class Mistakes:
    """The mistakes of a district in the order in which they were found, and remarks on what was read."""

    found: list[Mistake] = field(default_factory=list)
    n: int = 0
    remarks: list[Phrase] = field(default_factory=list)

    def add(self, file: str, line: int | str, column: str, found: Phrase, allowed: Phrase) -> None:
        """Note one; a line of 0 means the whole file."""
        self.n += 1
        if len(self.found) < MOST_KEPT:
            self.found.append(Mistake(file, str(line or ""), column, found, allowed))

    def remark(self, said: Phrase) -> None:
        """Note what was read in another way than it stands there."""
        if len(self.remarks) < MOST_REMARKS:
            self.remarks.append(said)

    def refuse(self, folder: str) -> None:
        """Raise DistrictError with all mistakes, if there are any; `folder` is what 'alliance district' takes, quoted."""
        if self.found:
            raise DistrictError(tuple(self.found), self.n, printable(folder))
