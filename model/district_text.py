"""What text is in a file of a district's table?

UTF-8, with or without the byte order mark that spreadsheets write; else GB18030, as a Chinese spreadsheet writes a plain CSV,
if the bytes look like it. Two bytes of Latin letters can be one of its rarer characters, so most of what is not ASCII
must be common ones (those of GB2312), and what was read is shown, for a person to judge.
"""

import stat
from pathlib import Path

from model.district_mistakes import Mistakes
from model.refusal import cut, phrase, shortened

LARGEST_FILE = 1_000_000
LEAST_COMMON = 0.5
"""Share of the characters beyond ASCII that are in GB2312 [1]: nearly all of a Chinese table, hardly any of misread Latin."""
LONGEST_SAMPLE = 24
ALLOWED = phrase("allowed is a table with commas between its cells, saved as 'CSV UTF-8', or an .xlsx file")
SPREADSHEET = phrase("is a spreadsheet's own file")
FIRST_BYTES = {
    b"PK\x03\x04": SPREADSHEET, b"\xd0\xcf\x11\xe0": SPREADSHEET, b"\xff\xfe": phrase("is UTF-16 text"),
    b"\xfe\xff": phrase("is UTF-16 text"), b"\x1f\x8b": phrase("is a compressed file"),
}  # fmt: skip


def read_bytes(path: Path, name: str, largest: int, mistakes: Mistakes) -> bytes | None:
    """What an ordinary file holds, None if it is none or too large; the mistake is noted."""
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            mistakes.add(name, 0, "", phrase("is a folder") if stat.S_ISDIR(mode) else phrase("is no ordinary file"), ALLOWED)
            return None
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except FileNotFoundError:
        mistakes.add(name, 0, "", phrase("no such file in the district's folder"), ALLOWED)
        return None
    except OSError as error:
        mistakes.add(name, 0, "", phrase("cannot be read ({reason})", reason=error.strerror or ""), ALLOWED)
        return None
    if len(content) > largest:
        found, allowed = phrase("has more than {n} bytes", n=f"{largest:,}"), phrase("allowed are at most {n}", n=f"{largest:,}")
        mistakes.add(name, 0, "", found, allowed)
        return None
    return content


def read_text(path: Path, name: str, largest: int, mistakes: Mistakes) -> str | None:
    """The text of a file, None if it is none; the mistake is noted, and that it is no UTF-8."""
    content = read_bytes(path, name, largest, mistakes)
    return None if content is None else _decoded(content, name, mistakes)


def _decoded(content: bytes, name: str, mistakes: Mistakes) -> str | None:
    for begin, kind in FIRST_BYTES.items():
        if content.startswith(begin):
            mistakes.add(name, 0, "", kind, ALLOWED)
            return None
    if content[:4].count(0) == 2:  # every second byte of Latin letters
        mistakes.add(name, 0, "", phrase("is UTF-16 text"), ALLOWED)
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if (text := chinese(content)) is not None:
            sample = shortened(cut(_first_beyond_ascii(text), LONGEST_SAMPLE))
            said = "{file} was read as GB18030 (as Chinese Excel saves CSV): {sample}; if that is garbled, save it as CSV UTF-8"
            mistakes.remark(phrase(said, file=name, sample=sample))
            return text
        begin = content.rfind(b"\n", 0, error.start) + 1
        line, column = content.count(b"\n", 0, error.start) + 1, content.count(b",", begin, error.start) + 1
        found = phrase("has the byte {byte}, which is neither UTF-8 nor GB18030", byte=f"{content[error.start]:#04x}")
        mistakes.add(name, line, str(column), found, ALLOWED)
        return None


def chinese(content: bytes) -> str | None:
    """The text if these bytes are Chinese in GB18030, else None."""
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return None
    beyond = [character for character in text if not character.isascii()]
    common = len("".join(beyond).encode("gb2312", errors="ignore")) / 2
    return text if common >= LEAST_COMMON * len(beyond) else None


def _first_beyond_ascii(text: str) -> str:
    """The first cell with a character beyond ASCII."""
    cells = (cell.strip(' "') for line in text.splitlines() for cell in line.split(","))
    return next(cell for cell in cells if not cell.isascii())
