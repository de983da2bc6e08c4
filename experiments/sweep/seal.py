"""Is this file, to the last bit, the one that was written?

    FILE = the table's data | SHA-256 of all the rest | the table's footer

A reader of Parquet looks up the footer from the file's end and the data from the footer, and never sees what lies between the two.
So the hash travels inside the file that it answers for: there is no second file that could be lost or be another's, damage to the
hash shows as well, and pandas or DuckDB read the file as any other.
"""

import hashlib

N_HASH, N_TAIL = 32, 8  # bytes of the hash; of the footer's length and the closing mark


class TornError(Exception):
    """A file that is not what its name says."""


def sealed(content: bytes) -> bytes:
    """A Parquet file with the hash of its content."""
    at = len(content) - N_TAIL - _n_footer(content)
    return content[:at] + hashlib.sha256(content).digest() + content[at:]


def check_seal(content: bytes) -> None:
    """Refuse a sealed file of which a single bit is another; raises TornError."""
    at = len(content) - N_TAIL - _n_footer(content) - N_HASH
    view = memoryview(content)
    found = hashlib.sha256(view[: max(0, at)])
    found.update(view[max(0, at) + N_HASH :])
    if at <= 0 or found.digest() != view[at : at + N_HASH]:
        raise TornError("is damaged: its content has another hash than it had when it was written")


def _n_footer(content: bytes) -> int:
    return int.from_bytes(content[-N_TAIL:-4], "little")
