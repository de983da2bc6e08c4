"""What happened to a child on a day, as plain data that any language can tell?

The story's own replay writes down every call of the engine that concerns the child. From it come events: a kind, and the few
numbers a person asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from agents.units import FEN_PER_YUAN
from experiments.trace.watch import Call, Moment
from experiments.trace.words import Names, Scene, came_true
from experiments.trace.words_after import own_payments
from model.world import EVENT_APPOINTMENT, SERIOUS, SPECIALIST

Values = dict[str, float]
ILLNESS = {SERIOUS: "serious", SPECIALIST: "specialist"}


@dataclass(frozen=True)
class Event:
    """Something that happened on a day [days of the world]; `is_end` if at the end of the month that ends on it."""

    day: int
    kind: str
    values: Values = field(default_factory=dict)
    is_end: bool = False


Reader = Callable[[Call, Scene], tuple[str, Values] | None]
READERS: dict[str, Reader] = {}


def reads(*keys: str) -> Callable[[Reader], Reader]:
    """Register what makes an event of these calls."""

    def register(reader: Reader) -> Reader:
        READERS.update(dict.fromkeys(keys, reader))
        return reader

    return register


def events(moments: list[Moment], names: Names) -> tuple[Event, ...]:
    """Return all events of these moments, in order."""
    return tuple(event for moment in moments for event in _of_moment(moment, names))


def _of_moment(moment: Moment, names: Names) -> Iterator[Event]:
    scene = Scene.of([moment], names)
    is_end = moment.day < 0
    day = 7 * moment.week + 6 if is_end else moment.day
    told: list[tuple[str, Values]] = []
    for call in scene.walk():
        reader = READERS.get(call.key)
        found = reader(call, scene) if reader else _of_changes(call)
        if found and found not in told:
            told.append(found)
    paid = own_payments(moment.calls)
    told += [("paid", {"yuan": paid})] if paid else []
    return (Event(day, kind, values, is_end) for kind, values in told)


def _of_changes(call: Call) -> tuple[str, Values] | None:
    """What a step that ran as machine code did to the household's membership."""
    before, after = call.changes.get("is_member", (0, 0))
    return None if before == after else ("joined" if after else "left_plan", {})


@reads("kind_of_illness")
def _illness(call: Call, _scene: Scene) -> tuple[str, Values]:
    return ILLNESS.get(int(call.result or 0), "ill"), {}


@reads("resident.seek_care.p_seek")
def _sought(call: Call, scene: Scene) -> tuple[str, Values] | None:
    return None if came_true(call.result, scene.dice.get("seek")) else ("stayed_home", {})


@reads("find_all_full")
def _full(_call: Call, _scene: Scene) -> tuple[str, Values]:
    return "all_full", {}


@reads("come_back")
def _came_back(call: Call, _scene: Scene) -> tuple[str, Values] | None:
    return ("appointment", {}) if call.result == EVENT_APPOINTMENT else None


@reads("see_family_doctor")
def _family_doctor(call: Call, _scene: Scene) -> tuple[str, Values]:
    row = int(call.inputs["doctor_row"])
    doctor = call.rows.get("doctor", {})
    site = int(doctor.get("site", 0))
    return "visit_alliance" if doctor.get("is_accredited") else "visit_primary", {"doctor": row, "site": site}


@reads("see_hospital")
def _hospital(call: Call, _scene: Scene) -> tuple[str, Values]:
    return "visit_hospital", {"site": int(call.inputs["site_row"])}


@reads("see_emergency")
def _emergency(_call: Call, _scene: Scene) -> tuple[str, Values]:
    return "emergency", {}


@reads("send")
def _sent(call: Call, scene: Scene) -> tuple[str, Values]:
    """Recorded or only advised; the family went if the case waits for a hospital afterwards."""
    inner = [one for one in call.walk() if one is not call]
    goes = not any(one.key == "go_home" for one in inner)
    seen = scene.find("see_family_doctor")
    p_recorded, die = (seen.rows["doctor"].get("p_recorded") if seen else None), scene.dice.get("record")
    is_recorded = p_recorded is not None and die is not None and die < p_recorded
    return "sent" if is_recorded else "advised", {"goes": int(goes)}


@reads("is_repaired_by_call")
def _called(call: Call, _scene: Scene) -> tuple[str, Values] | None:
    return ("called", {}) if call.result else None


@reads("miss")
def _missed(call: Call, _scene: Scene) -> tuple[str, Values]:
    return "unseen" if call.inputs["where"] < 0 else "missed", {}


@reads("treat_serious")
def _treated(_call: Call, scene: Scene) -> tuple[str, Values]:
    onset = scene.after.get("case", {}).get("onset_day", scene.day)
    return "treated", {"days": scene.day - onset}


@reads("is_better")
def _better(call: Call, _scene: Scene) -> tuple[str, Values]:
    return "better" if call.result else "not_better", {}


@reads("resident.sign.signs")
def _signed(call: Call, _scene: Scene) -> tuple[str, Values] | None:
    return ("signed", {}) if call.result else None


@reads("fund.cover_severe.cost_yuan")
def _severe(call: Call, _scene: Scene) -> tuple[str, Values]:
    return "severe", {"yuan": call.result or 0.0}


@reads("fund.cover_severe.benefit_fen")
def _benefit(call: Call, _scene: Scene) -> tuple[str, Values] | None:
    return ("benefit", {"yuan": call.result / FEN_PER_YUAN}) if call.result else None


@reads("resident.join.p_join")
def _joined(call: Call, scene: Scene) -> tuple[str, Values] | None:
    return ("joined", {}) if came_true(call.result, scene.dice.get("join")) else None


@reads("resident.join.p_lapse")
def _renewed(call: Call, scene: Scene) -> tuple[str, Values]:
    return "left_plan" if came_true(call.result, scene.dice.get("lapse")) else "renewed", {}


@reads("resident.sign.p_leaves")
def _contract(call: Call, scene: Scene) -> tuple[str, Values] | None:
    return ("left_contract", {}) if came_true(call.result, scene.dice.get("unsign")) else None


@reads("resident.bear_cost.is_catastrophic")
def _catastrophic(call: Call, _scene: Scene) -> tuple[str, Values] | None:
    return ("catastrophic", {"yuan": call.inputs["own_yuan"]}) if call.result else None
