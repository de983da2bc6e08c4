"""How is a file's name written in a command line that a person copies?

Quoted, so that spaces, brackets, stars and quotes are part of the name; not taken for an option where it begins with a dash;
on one line whatever it holds.
"""

import shlex
from pathlib import Path


def typed(path: str | Path) -> str:
    """A path as one word of a command line."""
    text = str(path)
    text = f"./{text}" if text.startswith("-") else text
    if text.isprintable():
        return shlex.quote(text)
    return f"$'{''.join(_escaped(character) for character in text)}'"


def _escaped(character: str) -> str:
    """A character inside $'...', as bash, zsh and ksh read it."""
    if character in "\\'":
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a name that is no text
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x80 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
