"""The description of the model by the ODD+D protocol: read the schedule aloud, make its tables anew, hold it against the code.

alliance odd            the order of everything, as the code has it
alliance odd --write    make the tables of docs/odd.md and docs/limits.md anew
alliance odd --check    one line and exit code 2 where text and code part
"""

from collections.abc import Callable
from typing import Annotated

import typer

from model.refusal import ScenarioError


def odd(
    write: Annotated[bool, typer.Option("--write", help="Make the tables of the pages anew from the code.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Refuse, in one line, where text and code part.")] = False,
) -> None:
    """Read the model's schedule aloud; or hold its description (ODD+D) against the code."""
    from experiments.odd import page, schedule
    from experiments.odd.sources import Sources
    from model.parameters import ROOT

    if write and check:
        raise ScenarioError("--write, --check", "both at once", "allowed is one of them")
    if (write or check) and not (ROOT / "tests").is_dir():
        found = "this is an installed copy, which carries neither the pages nor the tests that are compared"
        raise ScenarioError("--write" if write else "--check", found, "allowed in a copy of the sources")
    if write:
        changed = page.write_tables(ROOT)
        print(f"Written: {', '.join(changed)}." if changed else "Nothing to write: text and code agree.")
    elif check:
        page.check(ROOT)
        print("Text and code agree.")
    else:
        print(schedule.spoken(Sources(ROOT)))


COMMANDS: dict[str, Callable[..., None]] = {"odd": odd}
