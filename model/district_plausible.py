"""Does a district that breaks no rule look like one?

Every cell is allowed, and yet the whole table is wrong: degrees where km should stand, a month's income, a total among the
communities. Each check looks at the whole district and compares one figure with a threshold; what it says names the figure. It
is a warning and never a refusal: a real district may be odd, and runs as it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import cos, hypot, radians
from statistics import median

from agents.centre.record import SITE_KINDS
from agents.units import FEN_PER_YUAN
from model.district import MIDDLE, OLD, YOUNG, Community, District
from model.parameters import defaults
from model.refusal import Phrase, number, phrase

KM_PER_DEGREE = 111.3  # of latitude; of longitude times the cosine of the latitude
HIGHEST_LATITUDE, HIGHEST_LONGITUDE = 72.0, 180.0  # of any district [degrees]
AGES = {YOUNG: "children_0_4", MIDDLE: "children_5_9", OLD: "children_10_14"}


@dataclass(frozen=True, slots=True)
class Threshold:
    """From where on a figure looks odd, and why from there."""

    value: float
    unit: str
    because: str


DEGREES_EXTENT = Threshold(3.0, "km", "a district in degrees is hardly ever wider than three of them")
DEGREES_AWAY = Threshold(20.0, "km", "who counts km begins nearby; degrees begin at the equator and at London")
WIDEST = Threshold(200.0, "km", "the case's zone is 15 km wide, and a Chinese county rarely 100: metres beyond that")
DENSEST = Threshold(15_000.0, "children/km2", "the densest quarters of Asia have 100,000 people and some 15,000 children in a km2")
LEAST_INCOME = Threshold(20_000.0, "yuan/year", "a household on two minimum wages has twice that; a month's income is a twelfth")
MOST_INCOME = Threshold(600_000.0, "yuan/year", "five times the case's, and twice the highest that is declared for any world")
OTHER_INCOME = Threshold(8.0, "1", "communities of one district differ three to four times; a month and a year, twelve times")
LEAST_FEE = Threshold(40.0, "yuan/visit", "less than any whole visit: the fee that patients know is registration alone")
MOST_FEE = Threshold(1_500.0, "yuan/visit", "more than four visits to the case's dearest hospital")
LEAST_SHARE = Threshold(0.2, "1", "a third of childhood holds 28 to 38 % of the children, also where births fall fast")
MOST_SHARE = Threshold(0.48, "1", "the same, from above; ages that were added up (0-4, 0-9, 0-14) come to a half")
MOST_DOCTORS = Threshold(
    20.0, "doctors per 1,000 children", "the case has 2.8; China some 17 doctors of every kind for 1,000 children"
)
FEWEST_DOCTORS = Threshold(0.2, "doctors per 1,000 children", "a fourteenth of the case's: all residents were counted")
LEAST_COMMUNITIES = Threshold(3, "communities", "of two communities, either may be as large as the other")
MINUTES_RATIO = Threshold(6.0, "1", "roads and buses double or treble a straight line; hours or seconds for minutes make it sixty")


def warnings_of(district: District) -> tuple[Phrase, ...]:
    """All that a planner should look at: what of the files was read in another way, and what looks odd."""
    return (*district.remarks, *(said for check in CHECKS for said in check(district)))


def degrees(district: District) -> Iterator[Phrase]:
    """Positions in degrees, longitude first or latitude first."""
    xs, ys = _positions(district)
    x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    extent = district.side_km()
    if not 0 < extent <= DEGREES_EXTENT.value or hypot(x, y) < DEGREES_AWAY.value:
        return
    latitude, longitude = (x, y) if abs(y) > HIGHEST_LATITUDE else (y, x)
    if abs(latitude) <= HIGHEST_LATITUDE and abs(longitude) <= HIGHEST_LONGITUDE:
        said = (
            "all places lie within {extent} km of each other at about {x}, {y}: are these degrees? "
            "1 degree of latitude is 111 km, of longitude {km} km here"
        )
        km = KM_PER_DEGREE * cos(radians(latitude))
        yield phrase(said, extent=f"{extent:.1g}", x=f"{x:.0f}", y=f"{y:.0f}", km=f"{km:.0f}")


def positions(district: District) -> Iterator[Phrase]:
    """All in one point, too far apart, or too close for so many."""
    extent, n_places = district.side_km(), len(district.communities) + len(district.providers)
    if extent == 0 and n_places > 1:
        yield phrase("all {n} places stand in one point: are the positions there?", n=n_places)
    if extent > WIDEST.value:
        yield phrase("the places lie up to {extent} km apart: are these metres?", extent=f"{extent:,.0f}")
    density = district.n_children / max(1.0, extent) ** 2
    if density > DENSEST.value:
        said = "{n} children live within {extent} km: is that the unit of the positions?"
        yield phrase(said, n=number(district.n_children), extent=f"{extent:.2g}")


def incomes(district: District) -> Iterator[Phrase]:
    """A month's income, a yearly one in another unit, or one community in another unit than the rest."""
    mean = sum(one.mean_income_yuan * sum(one.children) for one in district.communities) / district.n_children
    values = {"mean": f"{mean:,.0f}", "case": number(defaults()["population.mean_income_yuan"])}
    if mean < LEAST_INCOME.value:
        yield phrase("the mean income is {mean} yuan: a household's yearly income? The case's is {case}", **values)
    elif mean > MOST_INCOME.value:
        yield phrase("the mean income is {mean} yuan: of one household in one year? The case's is {case}", **values)
    for one in district.communities if len(district.communities) >= LEAST_COMMUNITIES.value else ():
        middle = median(other.mean_income_yuan for other in district.communities if other is not one)
        if max(one.mean_income_yuan / middle, middle / one.mean_income_yuan) >= OTHER_INCOME.value:
            said = "the income of {name} is {income} yuan, the middle one of the others {middle}: in the same unit?"
            yield phrase(said, name=one.name, income=f"{one.mean_income_yuan:,.0f}", middle=f"{middle:,.0f}")


def children(district: District) -> Iterator[Phrase]:
    """A total among the communities, ages that were added up, an age that is missing."""
    for one in district.communities:
        if _is_sum_of_others(one, district):
            said = "{name} has {n} children, as many as all others together: is it a total?"
            yield phrase(said, name=one.name, n=number(sum(one.children)))
    for age, column in AGES.items():
        share = sum(one.children[age] for one in district.communities) / district.n_children
        if not LEAST_SHARE.value <= share <= MOST_SHARE.value:
            said = "{share} % of the children stand in {column}: is each child in one column, by its age?"
            yield phrase(said, share=f"{100 * share:.0f}", column=column)


def _is_sum_of_others(one: Community, district: District) -> bool:
    others = [other for other in district.communities if other is not one]
    if len(others) + 1 < LEAST_COMMUNITIES.value:
        return False
    return one.children == tuple(sum(other.children[age] for other in others) for age in AGES)


def doctors(district: District) -> Iterator[Phrase]:
    """Children in thousands, or all residents instead of children; staff instead of doctors."""
    rate = 1_000 * district.n_doctors / district.n_children
    values = {"doctors": number(district.n_doctors), "children": number(district.n_children), "rate": f"{rate:.2g}"}
    if rate > MOST_DOCTORS.value:
        said = "{doctors} family doctors for {children} children, {rate} for 1,000: is every child counted, and doctors only?"
        yield phrase(said, **values)
    elif rate < FEWEST_DOCTORS.value:
        said = "{doctors} family doctors for {children} children, {rate} for 1,000: are only children counted, and all doctors?"
        yield phrase(said, **values)


def fees(district: District) -> Iterator[Phrase]:
    """The registration fee instead of a whole visit, or another unit."""
    for kind, name in enumerate(SITE_KINDS):
        of_kind = district.of_kind(kind)
        if not of_kind:
            continue
        mean = sum(one.fee_fen for one in of_kind) / len(of_kind) / FEN_PER_YUAN
        if not LEAST_FEE.value <= mean <= MOST_FEE.value:
            said = "a visit costs {mean} yuan in the mean of kind {kind}: the whole visit, in yuan?"
            yield phrase(said, mean=f"{mean:,.2f}", kind=name)


def travel(district: District) -> Iterator[Phrase]:
    """Minutes of the matrix in another unit, against those that follow from the positions."""
    if district.minutes is None:
        return
    values = defaults()
    straight = [
        values["population.minutes_at_least"] + values["population.minutes_per_km"] * hypot(one.x_km - to.x_km, one.y_km - to.y_km)
        for one in district.communities
        for to in district.providers
    ]
    said, by_positions = sum(map(sum, district.minutes)) / len(straight), sum(straight) / len(straight)
    if said * MINUTES_RATIO.value < by_positions or by_positions * MINUTES_RATIO.value < said:
        text = "travel takes {said} minutes in the mean, and {by_positions} by the positions: are both units right?"
        yield phrase(text, said=f"{said:.1f}", by_positions=f"{by_positions:.1f}")


def _positions(district: District) -> tuple[list[float], list[float]]:
    places = (*district.communities, *district.providers)
    return [place.x_km for place in places], [place.y_km for place in places]


CHECKS: tuple[Callable[[District], Iterator[Phrase]], ...] = (degrees, positions, incomes, children, doctors, fees, travel)
