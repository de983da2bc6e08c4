"""What is a key of an old scenario file, command line or link called today?

A renamed key is read as its new name, value unchanged, as if the file had said so; one that is gone is refused with what says
the same today. Which ones: renamed.toml.
"""

import tomllib
from collections.abc import Mapping
from functools import cache

from model.parameters import RENAMED, ROOT
from model.refusal import Phrase, ScenarioError, phrase


@cache
def _listed() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((ROOT / "model" / RENAMED).read_text(encoding="utf-8"))


def renamed() -> Mapping[str, str]:
    """Old names of keys and what they are called today."""
    return {old: one["now"] for old, one in _listed()["renamed"].items()}


def gone() -> Mapping[str, Phrase]:
    """Old keys that nothing is called today, and what to say instead."""
    return {
        old: phrase("since version {since}: {instead}", since=one["since"], instead=Phrase(one["instead"]))
        for old, one in _listed()["gone"].items()
    }


def todays_key(key: str, where: str) -> str:
    """What a key is called today, itself if it has no old name; raises ScenarioError for one that is gone."""
    if key in gone():
        raise ScenarioError(where, phrase("{key} is gone", key=key), gone()[key])
    return renamed().get(key, key)


def by_todays_keys[V](settings: Mapping[str, V], where: str) -> dict[str, V]:
    """The settings under today's keys; raises ScenarioError for one that is gone, or given under both names."""
    found: dict[str, V] = {}
    for key, value in settings.items():
        today = todays_key(key, where)
        if today in found or (today != key and today in settings):
            twice = phrase("{key} is given twice, once by its old name", key=today)
            raise ScenarioError(where, twice, phrase("allowed is one value for each key"))
        found[today] = value
    return found


def old_groups() -> frozenset[str]:
    """Every proper beginning of an old key: tables in which old files may name it."""
    split = [key.split(".") for key in (*renamed(), *gone())]
    return frozenset(".".join(parts[:n]) for parts in split for n in range(1, len(parts)))
