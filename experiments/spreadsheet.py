"""How is a table written so that a spreadsheet opens it by a double click?

CSV begins with the byte order mark, without which a Chinese spreadsheet takes UTF-8 for code page 936: names are garbled, and
stay so when the table is saved. What this project reads it reads with the mark or without.
"""

import os
import stat
from typing import TextIO

BYTE_ORDER_MARK = "\ufeff"


def csv_bytes(text: str) -> bytes:
    """A comma-separated table as the content of a file."""
    return f"{BYTE_ORDER_MARK}{text}".encode()


def csv_for(stream: TextIO, text: str) -> str:
    """A comma-separated table for a stream: with the mark at the beginning of a file, without it in a pipe or on a screen."""
    try:
        number = stream.fileno()
        begins_a_file = stat.S_ISREG(os.fstat(number).st_mode) and os.lseek(number, 0, os.SEEK_CUR) == 0
    except (OSError, ValueError):  # no real file
        return text
    return f"{BYTE_ORDER_MARK}{text}" if begins_a_file else text
