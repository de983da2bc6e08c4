"""Is this text file, to the last letter, the one that was written?

Its last line is a comment that holds the hash of all lines above. A file without that line, as version 0.1 wrote it or somebody
by hand, is taken as it is.
"""

import hashlib

from model.refusal import ScenarioError

MARK = "# sha256 of the lines above: "
ALLOWED = "allowed is the file as it was; if it is removed, the same command with its scenario and --out goes on"


def hash_of(content: bytes) -> str:
    """The hash of a file's content [hex]."""
    return hashlib.sha256(content).hexdigest()


def marked(text: str) -> str:
    """The text with the line that answers for it."""
    return f"{text}{MARK}{hash_of(text.encode())}\n"


def check_mark(content: bytes, where: str) -> None:
    """Refuse a text of which a letter is another than when it was written; raises ScenarioError."""
    above, mark, rest = content.rpartition(MARK.encode())
    if mark and rest != f"{hash_of(above)}\n".encode():
        raise ScenarioError(where, "was changed or damaged since it was written", ALLOWED)
