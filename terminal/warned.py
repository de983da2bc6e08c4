"""How does the terminal say what a person should look at again? A line of its own, each once, apart from the answer."""

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from model.refusal import LONGEST_LINE, DistrictWarning, cut, printable


@contextmanager
def warned() -> Iterator[None]:
    """Inside, what looks odd in a district is printed as one line of stderr, once."""
    said: set[str] = set()
    shown = warnings.showwarning

    def show(message: Warning | str, category: type[Warning], *rest: object) -> None:
        if not issubclass(category, DistrictWarning):
            shown(message, category, *rest)  # pyright: ignore[reportArgumentType]
        elif str(message) not in said:
            said.add(str(message))
            print(cut(printable(f"alliance: look at this: {message}"), LONGEST_LINE), file=sys.stderr)

    with warnings.catch_warnings():
        warnings.simplefilter("always", DistrictWarning)
        warnings.showwarning = show
        yield
