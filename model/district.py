"""What does a planner's own district consist of?

    communities.csv   who lives where: children by age, income, position
    providers.csv     who gives care where: kind, position, doctors, fee, certified doctors, separate accounts
    travel.csv        minutes from each community to each provider; without it travel follows from the positions

Columns: model/district_columns.py; reading and checking: model/district_check.py. A provider keeps the place of its line as
a permanent key; in the world the providers stand by kind, the alliance hospital last.
"""

import hashlib
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

from agents.centre.record import ALLIANCE_HOSPITAL, CENTRE, CLINIC, MATERNAL_HOSPITAL, OTHER_HOSPITAL, SITE_KINDS
from agents.units import FEN_PER_YUAN
from model.refusal import Phrase
from model.settings import Settings

DISTRICT = "population.district"  # among the values of a scenario's segments: the mark of a district's files
N_OTHER_HOSPITALS = 3  # of the declared zone
YOUNG, MIDDLE, OLD = range(3)  # under 5, 5 to 9, 10 to 14
FINGERPRINT_DIGITS = 13  # hexadecimal ones: 52 bits, a whole number that every table and JSON reader keeps
PRICES = {
    CENTRE: "prices.centre_yuan", CLINIC: "prices.clinic_yuan", MATERNAL_HOSPITAL: "prices.maternal_yuan",
    OTHER_HOSPITAL: "prices.other_hospital_yuan", ALLIANCE_HOSPITAL: "prices.alliance_hospital_yuan",
}  # fmt: skip
TRAVEL_NUMBERS = ("population.minutes_at_least", "population.minutes_per_km")
OF_FILES = (
    "population.n_children", "population.share_0_4", "population.share_5_9", "population.n_candidates",
    "population.n_centres", "population.doctors_per_centre", "population.share_separate_centres",
    "population.n_communities", "population.zone_km", *PRICES.values(),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Community:
    """One line of communities.csv."""

    name: str
    x_km: float
    y_km: float
    children: tuple[int, int, int]
    mean_income_yuan: float


@dataclass(frozen=True, slots=True)
class Provider:
    """One line of providers.csv; `row` is its place in the file, its permanent key."""

    name: str
    kind: int
    x_km: float
    y_km: float
    doctors: int
    candidates: int
    fee_fen: int
    certified: int
    is_separate: int
    row: int


@dataclass(frozen=True)
class District:
    """A district without a mistake; `minutes` is (communities, providers) or None where positions decide.

    `remarks` tell what of the files was read in another way than it stands there; they are no part of what the files say.
    """

    communities: tuple[Community, ...]
    providers: tuple[Provider, ...]
    minutes: tuple[tuple[float, ...], ...] | None = None
    remarks: tuple[Phrase, ...] = field(default=(), compare=False)

    @property
    def n_children(self) -> int:
        """Children under 15 [persons]."""
        return sum(sum(community.children) for community in self.communities)

    @property
    def n_doctors(self) -> int:
        """Family doctors of centres and clinics [persons]."""
        return sum(provider.doctors for provider in self.providers)

    @cached_property
    def fingerprint(self) -> int:
        """A whole number that another content of the files makes another one."""
        content = repr((self.communities, self.providers, self.minutes)).encode()
        return int(hashlib.sha256(content).hexdigest()[:FINGERPRINT_DIGITS], 16)

    def of_kind(self, kind: int) -> tuple[Provider, ...]:
        """The providers of one kind, in the order of the file."""
        return tuple(provider for provider in self.providers if provider.kind == kind)

    def keys_of_files(self) -> tuple[str, ...]:
        """The parameters whose place the files take, so that no scenario may set them."""
        return OF_FILES if self.minutes is None else (*OF_FILES, *TRAVEL_NUMBERS)

    def values(self) -> Settings:
        """What the files say, by the names of the parameters whose place they take."""
        n, centres = self.n_children, self.of_kind(CENTRE)
        young, middle, _ = (sum(community.children[group] for community in self.communities) for group in (YOUNG, MIDDLE, OLD))
        found: Settings = {
            "population.n_children": n,
            "population.share_0_4": young / n,
            "population.share_5_9": middle / n,
            "population.n_candidates": self.n_doctors,
            "population.n_centres": len(centres),
            "population.doctors_per_centre": round(sum(centre.doctors for centre in centres) / len(centres)),
            "population.share_separate_centres": sum(centre.is_separate for centre in centres) / len(centres),
            "population.n_communities": len(self.communities),
            "population.zone_km": self.side_km(),
        }
        for kind, key in PRICES.items():
            if fees := [provider.fee_fen for provider in self.of_kind(kind)]:
                found[key] = sum(fees) / len(fees) / FEN_PER_YUAN
        return found

    def side_km(self) -> float:
        """The longer side of what contains every community and provider [km]."""
        places = (*self.communities, *self.providers)
        xs, ys = [place.x_km for place in places], [place.y_km for place in places]
        return max(max(xs) - min(xs), max(ys) - min(ys))

    def as_the_engine_reads(self, values: Settings) -> Settings:
        """A scenario's values as the engine's rules take them.

        The quarter gives each maternal hospital its kind's visits and each other hospital a third of theirs; so that the
        kind as a whole gets what is declared, the numbers are those of that many hospitals. The examination's cut asks for
        the doctors of public centres as centres x doctors of each: here doctors x 1.
        """
        maternal, other = "hospital.admit.visits_per_day_maternal", "hospital.admit.visits_per_day_other"
        n_maternal, n_other = len(self.of_kind(MATERNAL_HOSPITAL)), len(self.of_kind(OTHER_HOSPITAL))
        n_public = sum(centre.doctors for centre in self.of_kind(CENTRE))
        return values | {
            maternal: values[maternal] / max(1, n_maternal),
            other: values[other] * N_OTHER_HOSPITALS / max(1, n_other),
            "population.n_centres": n_public,
            "population.doctors_per_centre": 1,
        }

    def record(self) -> dict[str, Any]:
        """Everything the files say, for a run record."""
        providers = [asdict(provider) | {"kind": SITE_KINDS[provider.kind]} for provider in self.providers]
        communities = [asdict(community) for community in self.communities]
        return {
            "fingerprint": self.fingerprint, "communities": communities, "providers": providers,
            "minutes": self.minutes,
        }  # fmt: skip
