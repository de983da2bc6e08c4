"""How does one get the same numbers without this page?

As a line for the terminal, as a scenario file, and in Python: all three run the same worlds, to the last bit.
"""

from __future__ import annotations

import json
from typing import Any

from dashboard import address, worlds
from dashboard.session import Session
from dashboard.texts import Texts
from experiments.sweep.folder import scenario_text, values_text
from model.calendar import POLICY_START


def ways(texts: Texts, session: Session) -> list[dict[str, Any]]:
    """Return the three ways, each with a title and its text."""
    found = {"terminal": terminal_line(session), "scenario": file_of(session), "python": python_lines(session)}
    return [
        {"name": name, "title": texts(f"reproduce.{name}"), "text": text, "file": name == "scenario"}
        for name, text in found.items()
    ]


def _file_name(session: Session) -> str:
    name = session.choice.scenario
    return "policy.toml" if name in session.uploads else f"scenarios/{name}.toml"


def _children(session: Session) -> int | None:
    """How many children the page was told to simulate, where that is not the scenario's own number."""
    name = session.choice.scenario
    asked = session.base().n_children
    return None if name in session.uploads or asked == worlds.declared_children(name) else asked


def terminal_line(session: Session) -> str:
    """Return the line that prints the policy's figures over its worlds."""
    choice, children = session.choice, _children(session)
    words = ["alliance run", _file_name(session), f"--seed {choice.seed} --seeds {choice.n_worlds} --period policy"]
    words += [f"--children {children}"] if children else []
    words += [f"--from {POLICY_START.isoformat()}"] if choice.settings else []
    words += [f"--set {key}={address.plain(value)}" for key, value in choice.settings]
    return " ".join(words)


def file_of(session: Session) -> str:
    """Return the policy as a scenario file."""
    choice = session.choice
    if choice.scenario in session.uploads:
        lines = scenario_text(session.find(choice.scenario)).split("\n", 1)[1].splitlines()
    else:
        lines = [f'extends = "{choice.scenario}.toml"', 'title = "My policy"']
    if choice.settings:
        declared = session.find(choice.scenario).values
        exact = {key: int(value) if isinstance(declared[key], int) else value for key, value in choice.settings}
        lines += ["", "[[change]]", f"from = {POLICY_START.isoformat()}", *values_text(exact)]
    return "\n".join(lines) + "\n"


def python_lines(session: Session) -> str:
    """Return the same as a few lines of Python."""
    choice, children = session.choice, _children(session)
    first, last = choice.seeds[0], choice.seeds[-1]
    settings = ",\n".join(f"    {json.dumps(key)}: {address.plain(value)}" for key, value in choice.settings)
    given = [f'"{_file_name(session)}"']
    given += [f"{{\n{settings},\n}}", f'from_date="{POLICY_START.isoformat()}"'] if choice.settings else []
    given += [f"children={children}"] if children else []
    return "\n".join(
        [
            "import alliance",
            "",
            f"policy = alliance.load({', '.join(given)})",
            f'found = alliance.run(policy, seeds=range({first}, {last + 1}), period="policy")',
            "found.summary()",
        ]
    )
