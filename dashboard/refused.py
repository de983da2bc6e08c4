"""How does the page tell why something was refused, or what of it looks odd?

All mistakes, a row each, in the page's language; no command line that a visitor does not have, and no path of the server.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dashboard.texts import Texts
from experiments.refusal_texts import translator
from model.district_mistakes import DistrictError, Mistake
from model.district_plausible import warnings_of
from model.refusal import Phrase, ScenarioError, SeveralError, Text, printable, said_by
from model.scenario import Scenario

MOST_SHOWN = 200


def told(texts: Texts, text: Text) -> str:
    """Say a text of a refusal in the page's language."""
    return printable(said_by(text, translator(texts.language, lambda unit: texts.unit(unit) or unit)))


def notices_of(texts: Texts, notices: Iterable[tuple[str, Mapping[str, Text]]]) -> list[str]:
    """Say notices: each is a text of the catalogue's section `notice` and the values of its placeholders."""
    return [texts(f"notice.{name}", **{key: told(texts, value) for key, value in values.items()}) for name, values in notices]


def mistakes_of(error: ScenarioError) -> list[Mistake]:
    """Return everything that is wrong, one by one."""
    if isinstance(error, DistrictError):
        return list(error.mistakes)
    if isinstance(error, SeveralError):
        return [mistake for one in error.errors for mistake in mistakes_of(one)]
    return [Mistake(error.where, "", "", _phrase(error.found), _phrase(error.allowed))]


def _phrase(text: Text) -> Phrase:
    return text if isinstance(text, Phrase) else Phrase("{text}", {"text": text})


def n_mistakes(error: ScenarioError) -> int:
    """Return how many mistakes there are, also those that nobody keeps."""
    if isinstance(error, DistrictError):
        return error.n
    if isinstance(error, SeveralError):
        return sum(map(n_mistakes, error.errors))
    return 1


def rows_of(texts: Texts, error: ScenarioError) -> list[dict[str, str]]:
    """Return a row for each mistake: file, line, column, what was found, what is allowed."""
    return [
        {
            "file": printable(mistake.file),
            "line": printable(mistake.lines),
            "column": printable(mistake.column),
            "found": told(texts, mistake.found),
            "allowed": told(texts, mistake.allowed),
        }
        for mistake in mistakes_of(error)[:MOST_SHOWN]
    ]


def looks_odd(scenario: Scenario) -> tuple[Phrase, ...]:
    """Return what a visitor should look at again in a scenario's district."""
    return () if scenario.district is None else warnings_of(scenario.district)


def line_of(texts: Texts, error: ScenarioError) -> str:
    """Return everything that is wrong in one line."""
    return " | ".join(
        texts("refused.line", where=mistake.where(), found=told(texts, mistake.found), allowed=told(texts, mistake.allowed))
        for mistake in mistakes_of(error)[:MOST_SHOWN]
    )
