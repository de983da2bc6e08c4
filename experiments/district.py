"""What would a planner see of a district before anything runs?

    expected visits a day = children x episodes a year / days of a year x share that seeks care x visits per illness
    room a day            = capacity of a mean day - patients from elsewhere

The two shares are the known figures of model/known.toml; capacity is set by the same parameters as in a run. A warning
names what a planner should look at again; it is no mistake.
"""

import csv
import io
from dataclasses import dataclass

from agents.centre.record import ALLIANCE_HOSPITAL, CENTRE, CLINIC, MATERNAL_HOSPITAL, OTHER_HOSPITAL, SITE_KINDS
from agents.units import DAYS_PER_WEEK, FEN_PER_YUAN, WEEKS_PER_YEAR
from experiments.spreadsheet import csv_bytes
from model.district import MIDDLE, OLD, YOUNG, District
from model.district_plausible import warnings_of
from model.known import declared_figures
from model.parameters import defaults, record
from model.settings import Settings

FAR_MINUTES = 60.0
DAYS_PER_YEAR = DAYS_PER_WEEK * WEEKS_PER_YEAR
AGES = {YOUNG: "0_4", MIDDLE: "5_9", OLD: "10_14"}
HOSPITALS = {MATERNAL_HOSPITAL: "maternal", OTHER_HOSPITAL: "other", ALLIANCE_HOSPITAL: "alliance"}


@dataclass(frozen=True, slots=True)
class CommunityFigures:
    """One community: who lives here, and how far care is."""

    name: str
    children: tuple[int, int, int]
    mean_income_yuan: float
    nearest_centre: str
    minutes_to_centre: float
    minutes_to_alliance: float


@dataclass(frozen=True, slots=True)
class KindFigures:
    """All providers of one kind."""

    kind: str
    n: int
    doctors: int
    candidates: int
    certified: int
    separate: int
    mean_fee_yuan: float
    room_per_day: float


@dataclass(frozen=True, slots=True)
class DistrictFigures:
    """A district before anything runs."""

    communities: tuple[CommunityFigures, ...]
    kinds: tuple[KindFigures, ...]
    n_children: int
    n_doctors: int
    doctors_per_1000_children: float
    mean_income_yuan: float
    mean_minutes_to_centre: float
    mean_minutes_to_alliance: float
    expected_visits_per_day: float
    peak_visits_per_day: float
    room_per_day: float
    warnings: tuple[str, ...]


def travel_of(district: District, values: Settings) -> list[list[float]]:
    """Minutes from each community to each provider, as in a run."""
    from model.district_world import minutes_of

    return minutes_of(record(values)[0], district).tolist()


def travel_matrix(district: District, settings: Settings | None = None) -> bytes:
    """The minutes of travel as travel.csv has them."""
    minutes = travel_of(district, defaults() if settings is None else settings)
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["community", *(provider.name for provider in district.providers)])
    for community, row in zip(district.communities, minutes, strict=True):
        table.writerow([community.name, *(f"{value:.1f}" for value in row)])
    return csv_bytes(text.getvalue())


def figures_of(district: District, settings: Settings | None = None) -> DistrictFigures:
    """The figures of a district under a scenario's values (the declared ones if none are given)."""
    values = (defaults() if settings is None else settings) | district.values()
    communities = _communities(district, values)
    weights = [sum(community.children) for community in communities]

    def mean(name: str) -> float:
        each = [getattr(community, name) for community in communities]
        return sum(n * value for n, value in zip(weights, each, strict=True)) / sum(weights)

    kinds = tuple(_kind(district, values, kind) for kind in range(len(SITE_KINDS)) if district.of_kind(kind))
    visits, peak = expected_visits(district, values), 1.0 + values["illness.seasonal_amplitude"]
    room = sum(kind.room_per_day for kind in kinds)
    n, doctors = district.n_children, district.n_doctors
    return DistrictFigures(
        communities, kinds, n, doctors, 1000.0 * doctors / n, mean("mean_income_yuan"), mean("minutes_to_centre"),
        mean("minutes_to_alliance"), visits, visits * peak, room, tuple(_warnings(district, communities, visits, peak, room)),
    )  # fmt: skip


def _communities(district: District, values: Settings) -> tuple[CommunityFigures, ...]:
    centres, minutes = district.of_kind(CENTRE), travel_of(district, values)
    found = []
    for community, row in zip(district.communities, minutes, strict=True):
        nearest = min(range(len(centres)), key=row.__getitem__)  # centres stand first, the alliance hospital last
        found.append(
            CommunityFigures(
                community.name, community.children, community.mean_income_yuan, centres[nearest].name, row[nearest], row[-1]
            )
        )
    return tuple(found)


def _kind(district: District, values: Settings, kind: int) -> KindFigures:
    providers = district.of_kind(kind)
    doctors = sum(provider.doctors for provider in providers)
    return KindFigures(
        SITE_KINDS[kind], len(providers), doctors, sum(provider.candidates for provider in providers),
        sum(provider.certified for provider in providers), sum(provider.is_separate for provider in providers),
        sum(provider.fee_fen for provider in providers) / len(providers) / FEN_PER_YUAN,
        room_of_doctors(values, doctors) if kind <= CLINIC else room_of_hospitals(district, values, kind),
    )  # fmt: skip


def room_of_doctors(values: Settings, doctors: int) -> float:
    """Visits a day that family doctors without a certificate have for the district's children."""
    per_doctor = values["centre.wait.visits_per_doctor_day"] * values["centre.wait.share_for_children_others"]
    return doctors * per_doctor * (1.0 - values["centre.wait.background_utilisation"])


def room_of_hospitals(district: District, values: Settings, kind: int) -> float:
    """Visits a day that all hospitals of a kind have for the district's children."""
    name, scale = HOSPITALS[kind], district.n_children / defaults()["population.n_children"]
    share, reference = values[f"hospital.admit.share_of_zone_{name}"], values["centre.wait.reference_utilisation"]
    capacity = values[f"hospital.admit.visits_per_day_{name}"] * scale / share / reference
    return capacity * (1.0 - reference * (1.0 - share))


def expected_visits(district: District, values: Settings) -> float:
    """Visits a day that the district's children are expected to make on a mean day."""
    episodes = sum(
        sum(community.children[age] for community in district.communities) * values[f"illness.episodes_{name}"]
        for age, name in AGES.items()
    )
    known = declared_figures()
    per_episode = (known["share_seeking_care"].value or 0.0) * (known["visits_per_episode"].value or 0.0)
    return episodes / DAYS_PER_YEAR * per_episode


def _warnings(district: District, communities: tuple[CommunityFigures, ...], visits: float, peak: float, room: float) -> list[str]:
    found = [str(said) for said in warnings_of(district)]
    found += [
        f"{community.name} is {community.minutes_to_centre:.0f} minutes from its nearest centre ({community.nearest_centre})"
        for community in communities
        if community.minutes_to_centre > FAR_MINUTES
    ]
    if room < visits:
        found.append(f"All providers together have room for {room:,.0f} visits a day; {visits:,.0f} are expected")
    elif room < visits * peak:
        found.append(f"In the winter peak {visits * peak:,.0f} visits a day are expected; there is room for {room:,.0f}")
    missing = [SITE_KINDS[kind] for kind in HOSPITALS if not district.of_kind(kind)]
    found += [f"There is no {kind}: what this kind takes in the case, nobody takes here" for kind in missing]
    if not any(provider.candidates for provider in district.providers):
        found.append("No doctor may sit the examination: the alliance never grows")
    return found
