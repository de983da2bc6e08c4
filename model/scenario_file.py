"""Is this a small, shallow TOML file?

A parser is no guard: it takes seconds over one long dotted key, follows brackets until the stack ends, and reads a
gigabyte if the file has one. So size and shape are looked at first, in one pass that knows strings and comments.
"""

import re
import stat
import tomllib
from pathlib import Path
from typing import Any

from model.refusal import ScenarioError, cut, phrase

LARGEST_FILE = 256_000
DEEPEST_KEY = 5
DEEPEST_BRACKETS = 8
LONGEST_REASON = 200

# Complete strings and comments, then what shapes the file; a quote that is left over opens a string that never ends.
TOKEN = re.compile(
    r'#[^\n]*|"""(?:\\.|[^\\])*?"""(?:"{0,2})|\'\'\'.*?\'\'\'(?:\'{0,2})|"(?:\\.|[^"\\\n])*+"|\'[^\'\n]*+\''
    r"|(?P<shape>[\[\]{}.=,\n])|(?P<endless>[\"'])",
    re.DOTALL,
)
ALLOWED = phrase("allowed is a TOML file, see 'alliance scenarios'")


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a scenario file; raises ScenarioError for anything that is not a small, shallow TOML file."""
    name = path.name or "the folder"
    text = _text(path, name)
    check_shape(text, name)
    try:
        return tomllib.loads(text)
    except (RecursionError, ValueError) as error:
        reason = cut(" ".join(str(error).split()), LONGEST_REASON)
        raise ScenarioError(name, phrase("is not valid TOML: {reason}", reason=reason), ALLOWED) from error


def _text(path: Path, name: str) -> str:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise ScenarioError(name, phrase("is a folder") if stat.S_ISDIR(mode) else phrase("is no ordinary file"), ALLOWED)
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ScenarioError(name, phrase("no such scenario file"), ALLOWED) from error
    except OSError as error:
        raise ScenarioError(name, phrase("cannot be read ({reason})", reason=error.strerror or ""), ALLOWED) from error
    if len(content) > LARGEST_FILE:
        found = phrase("has more than {n} bytes", n=f"{LARGEST_FILE:,}")
        raise ScenarioError(name, found, phrase("allowed are at most {n}", n=f"{LARGEST_FILE:,}"))
    try:
        return content.decode("utf-8-sig")  # some editors begin a file with a byte order mark
    except UnicodeDecodeError as error:
        raise ScenarioError(name, phrase("is not UTF-8 text (byte {n})", n=f"{error.start + 1:,}"), ALLOWED) from error


def check_shape(text: str, name: str) -> None:
    """Refuse long dotted keys and deep brackets before the parser sees them; raises ScenarioError."""
    dots = depth = 0
    for token in TOKEN.finditer(text):
        if token["endless"]:
            return  # the parser stops here too, and says why
        match token["shape"]:
            case ".":
                dots += 1
                if dots >= DEEPEST_KEY:
                    found = phrase("a key of more than {n} parts", n=DEEPEST_KEY)
                    raise ScenarioError(_at(text, token, name), found, phrase("allowed are {n}", n=DEEPEST_KEY))
            case "[" | "{":
                dots, depth = 0, depth + 1
                if depth > DEEPEST_BRACKETS:
                    found = phrase("brackets more than {n} deep", n=DEEPEST_BRACKETS)
                    raise ScenarioError(_at(text, token, name), found, phrase("allowed are {n}", n=DEEPEST_BRACKETS))
            case "]" | "}":
                dots, depth = 0, max(0, depth - 1)
            case "=" | "," | "\n":
                dots = 0


def _at(text: str, token: re.Match[str], name: str) -> str:
    return f"{name}: line {text.count('\n', 0, token.start()) + 1}"
