"""How does everything a visitor chose stand in the address of the page?

    /compare?scenario=huaxi&fund.pay.yuan_per_avoided_referral=200&seed=1&worlds=10&lang=zh&engine=0.1.0-a1b2&result=c3d4

An address is read with care: what is unknown or out of its range is left out or brought into range, and said in words. It
carries the engine that made it and a mark of the result, so that a link from another version says what is different now.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, urlencode

from dashboard.choice import CASE, HIGHEST_SEED, MOST_KEPT, NUMBERS_OF_WORLDS, Choice, Kept, Settings, refusal
from dashboard.rooms import FIRST, ROOMS
from dashboard.texts import LANGUAGES
from model.parameters import declarations
from model.refusal import ScenarioError, Text
from model.renamed import gone, renamed
from model.scenario import Scenario
from model.settings import is_of_the_beginning

LONGEST = 8000
LONGEST_NAME, LONGEST_PLACE, MOST_DIGITS = 60, 2000, 6
PLACE = re.compile(r"[a-z]+_[a-z_]{1,30}")
DIGEST = re.compile(r"[0-9a-zA-Z.+\-]{1,80}")

Notice = tuple[str, Mapping[str, Text]]
"""The name of a text of the section `notice`, with the values of its placeholders."""


@dataclass(frozen=True)
class Link:
    """What a shared link remembers of the result it was made from."""

    engine: str = ""
    result: str = ""
    was: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Visit:
    """Where a visitor wants to be. `places` are the rooms' own choices, such as the child that is looked at."""

    room: str = FIRST
    language: str = ""
    choice: Choice = field(default_factory=Choice)
    places: Mapping[str, str] = field(default_factory=dict)
    link: Link = field(default_factory=Link)
    notices: tuple[Notice, ...] = ()


def written(visit: Visit) -> str:
    """Return path and query of a visit; what stands at its usual value is left out."""
    usual, choice = Choice(), visit.choice
    said: list[tuple[str, str]] = []
    if choice.scenario != usual.scenario:
        said.append(("scenario", choice.scenario))
    said += [(key, plain(value)) for key, value in choice.settings]
    said += [(key, str(now)) for key, now, then in _worlds_of(choice, usual) if now != then]
    said += [("keep", _kept_written(one)) for one in choice.kept]
    said += [(name, value) for name, value in sorted(visit.places.items()) if value and name.startswith(f"{visit.room}_")]
    said += [("lang", visit.language)] if visit.language else []
    said += [(key, value) for key, value in (("engine", visit.link.engine), ("result", visit.link.result)) if value]
    said += [("was", f"{name}:{value:.6g}") for name, value in visit.link.was.items()]
    path = "/" if visit.room == FIRST else f"/{visit.room}"
    return path + ("?" + urlencode(said, quote_via=quote, safe=",:/~") if said else "")


def _worlds_of(choice: Choice, usual: Choice) -> list[tuple[str, int, int]]:
    return [("seed", choice.seed, usual.seed), ("worlds", choice.n_worlds, usual.n_worlds)]


def _kept_written(kept: Kept) -> str:
    return "|".join([kept.name.replace("|", "/"), kept.scenario, *(f"{key}~{plain(value)}" for key, value in kept.settings)])


def read(path: str, query: str, find: Callable[[str], Scenario]) -> Visit:
    """Return what an address asks for; `find` returns a scenario by its name or raises ScenarioError."""
    return _Reader(find).read(path, query)


class _Reader:
    """Reads one address; what it had to leave out or change becomes notices."""

    def __init__(self, find: Callable[[str], Scenario]) -> None:
        self.find = find
        self.notices: list[Notice] = []

    def read(self, path: str, query: str) -> Visit:
        room = path.strip("/")
        if room not in ROOMS:
            if room:
                self._note("room", value=room)
            room = FIRST
        if len(query) > LONGEST:
            self._note("address_too_long")
            query = ""
        pairs = parse_qsl(query.lstrip("?"), keep_blank_values=False, errors="replace")
        given = dict(pairs)
        language = given.get("lang", "") if given.get("lang") in LANGUAGES else ""
        choice = self._choice(given, [value for key, value in pairs if key == "keep"])
        places = {key: value[:LONGEST_PLACE] for key, value in pairs if PLACE.fullmatch(key)}
        was = [value for key, value in pairs if key == "was"]
        return Visit(room, language, choice, places, self._link(given, was), tuple(self.notices))

    def _choice(self, given: Mapping[str, str], kept: list[str]) -> Choice:
        name, scenario = self._scenario(given.get("scenario", CASE))
        settings = self._settings(scenario, {key: value for key, value in given.items() if "." in key})
        seed = self._whole(given, "seed", 1, range(1, HIGHEST_SEED + 1))
        n_worlds = self._whole(given, "worlds", Choice().n_worlds, NUMBERS_OF_WORLDS)
        listed = [found for one in kept[:MOST_KEPT] if (found := self._kept(one))]
        return Choice(name, settings, seed, n_worlds, tuple(listed))

    def _scenario(self, name: str) -> tuple[str, Scenario]:
        try:
            return name, self.find(name)
        except ScenarioError:
            self._note("scenario", value=name)
            return CASE, self.find(CASE)

    def _settings(self, scenario: Scenario, given: Mapping[str, str]) -> Settings:
        choice = Choice()
        for named, text in given.items():
            key = renamed().get(named, named)
            if key in gone():
                self._note("gone", key=key)
            if key in gone() or (key != named and key in given):
                continue
            declared = declarations().get(key)
            if declared is None or is_of_the_beginning(key):
                self._note("setting", key=key)
                continue
            value = _number(text)
            if value is None:
                self._note("value", key=key, value=text)
                continue
            if not declared.low <= value <= declared.high:
                self._note("range", key=key, value=text, low=f"{declared.low:g}", high=f"{declared.high:g}")
            choice = choice.with_setting(key, value, scenario)
        if why := refusal(scenario, choice.settings):
            self._note("refused", why=why)
            return ()
        return choice.settings

    def _kept(self, text: str) -> Kept | None:
        name, _, rest = text.partition("|")
        file, *parts = rest.split("|")
        if not name.strip() or not file:
            self._note("kept", value=text[:LONGEST_NAME])
            return None
        found, scenario = self._scenario(file)
        pairs = dict(part.split("~", 1) for part in parts if "~" in part)
        return Kept(name[:LONGEST_NAME], found, self._settings(scenario, pairs))

    def _whole(self, given: Mapping[str, str], key: str, usual: int, allowed: range | tuple[int, ...]) -> int:
        text = given.get(key, str(usual))
        value = int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else 0
        if value in allowed:
            return value
        self._note(key, value=text)
        return usual

    def _link(self, given: Mapping[str, str], was: list[str]) -> Link:
        marks = {key: given[key] for key in ("engine", "result") if DIGEST.fullmatch(given.get(key, ""))}
        parts = [one.partition(":") for one in was]
        figures = {name: value for name, _, text in parts if (value := _number(text)) is not None}
        return Link(marks.get("engine", ""), marks.get("result", ""), figures)

    def _note(self, name: str, **values: str) -> None:
        self.notices.append((name, {key: value[:LONGEST_NAME] for key, value in values.items()}))


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < float("inf") else None


def plain(value: float) -> str:
    """Return a number to its last bit, whole ones without a point."""
    return str(int(value)) if float(value).is_integer() else repr(float(value))
