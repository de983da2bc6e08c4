"""What does a planner read of a district at the terminal, and what of its mistakes?"""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from agents.centre.record import ALLIANCE_HOSPITAL, CENTRE, CLINIC, MATERNAL_HOSPITAL, OTHER_HOSPITAL
from experiments.district import DistrictFigures
from experiments.sheet import NAME, NUMBER, WORDS, Sheet
from model.district import Community, District, Provider
from model.district_mistakes import Mistake
from model.refusal import number, printable

MOST_COMMUNITIES = 40
MAP_WIDTH, MAP_HEIGHT, CELL_RATIO = 64, 20, 2.0  # a character is about twice as high as wide
SMALLEST_CELL = 1e-9  # where all stand in one place
LARGE, MIDDLING = 0.33, 0.1  # of the largest community
SIGNS = {CLINIC: "c", CENTRE: "C", OTHER_HOSPITAL: "H", MATERNAL_HOSPITAL: "M", ALLIANCE_HOSPITAL: "A"}
FILES_SAY = "What the files do not say (households, trust, skill, luck) is drawn for each seed when it runs."


def mistakes_table(mistakes: Sequence[Mistake], n: int) -> RenderableType:
    """Every mistake by file, line and column."""
    kinds = (("File", NAME), ("Line", NUMBER), ("Column", NAME), ("Found", WORDS), ("Allowed", WORDS))
    table = Sheet(f"{n:,} mistake{'s' if n > 1 else ''}", kinds)
    for mistake in mistakes:
        cells = (
            mistake.file,
            mistake.lines or "all",
            mistake.column or "all",
            str(mistake.found),
            str(mistake.allowed).removeprefix("allowed "),
        )
        table.add(*(printable(cell) for cell in cells))
    if n <= len(mistakes):
        return table
    return Group(table, Text(f"and {n - len(mistakes):,} more"))


def summary(name: str, district: District, figures: DistrictFigures) -> RenderableType:
    """The figures, the warnings and a map of characters."""
    heading = (
        f"{printable(name)}: {number(figures.n_children)} children in {len(district.communities)} communities, "
        f"{figures.n_doctors} family doctors ({figures.doctors_per_1000_children:.1f} for 1,000 children)"
    )
    source = "as travel.csv says" if district.minutes is not None else "by the positions"
    travel = (
        f"Mean minutes of travel, {source}: {figures.mean_minutes_to_centre:.0f} to the nearest centre, "
        f"{figures.mean_minutes_to_alliance:.0f} to the alliance hospital."
    )
    visits = (
        f"Visits a day: {figures.expected_visits_per_day:,.0f} expected of the district's children, "
        f"{figures.peak_visits_per_day:,.0f} in the winter peak; room for {figures.room_per_day:,.0f}."
    )
    lines = [Text(line) for line in (travel, visits, FILES_SAY)]
    warnings = [Text(f"Look at this: {ended(printable(text))}", style="bold") for text in figures.warnings]
    blocks = (_communities(figures), _kinds(figures), text_map(district), Group(*lines, *warnings))
    return Group(Text(heading, style="bold"), *(part for block in blocks for part in (Text(""), block)))


def ended(text: str) -> str:
    """A sentence with its stop."""
    return text if text.endswith((".", "?")) else f"{text}."


def _table(title: str, first: str, others: Sequence[str]) -> Sheet:
    return Sheet(title, ((first, NAME), *((column, NUMBER) for column in others)), box=None)


def _communities(figures: DistrictFigures) -> Sheet:
    columns = ("Children", "0-4", "5-9", "10-14", "Income", "Centre", "Alliance")
    table = _table("Who lives where (income in yuan; minutes to centre and alliance hospital)", "Community", columns)
    listed = sorted(figures.communities, key=lambda community: -sum(community.children))
    for community in listed[:MOST_COMMUNITIES]:
        cells = (sum(community.children), *community.children, community.mean_income_yuan)
        travel = (community.minutes_to_centre, community.minutes_to_alliance)
        table.add(printable(community.name), *(f"{cell:,.0f}" for cell in (*cells, *travel)))
    if rest := listed[MOST_COMMUNITIES:]:
        table.add(f"{len(rest)} smaller ones", f"{sum(sum(community.children) for community in rest):,}")
    if len(listed) > 1:
        ages = [sum(community.children[age] for community in listed) for age in range(3)]
        means = (figures.mean_income_yuan, figures.mean_minutes_to_centre, figures.mean_minutes_to_alliance)
        cells = (figures.n_children, *ages, *means)
        table.add("All", *(f"{cell:,.0f}" for cell in cells), style="bold")
    return table


def _kinds(figures: DistrictFigures) -> Sheet:
    columns = ("n", "Doctors", "Candidates", "Certified", "Separate", "Fee", "Room")
    table = _table("Who gives care (mean fee in yuan; room in visits a day)", "Kind", columns)
    for kind in figures.kinds:
        counts = (kind.n, kind.doctors, kind.candidates, kind.certified, kind.separate)
        cells = [f"{count:,}" if count else "-" for count in counts]
        table.add(kind.kind.replace("_", " "), *cells, f"{kind.mean_fee_yuan:,.2f}", f"{kind.room_per_day:,.0f}")
    return table


def text_map(district: District) -> RenderableType:
    """Communities as dots of three sizes, providers as letters over them."""
    places = (*district.communities, *district.providers)
    left, low = min(place.x_km for place in places), min(place.y_km for place in places)
    across, up = max(place.x_km for place in places) - left, max(place.y_km for place in places) - low
    km = max(across / (MAP_WIDTH - 1), up / (MAP_HEIGHT - 1) / CELL_RATIO, SMALLEST_CELL)
    rows, columns = 1 + round(up / km / CELL_RATIO), 1 + round(across / km)
    cells = [[" "] * columns for _ in range(rows)]
    for place, sign in _signs(district):
        cells[rows - 1 - round((place.y_km - low) / km / CELL_RATIO)][round((place.x_km - left) / km)] = sign
    lines = ["  " + "".join(row).rstrip() for row in cells]
    bar = max(1, round(MAP_WIDTH / 6))
    key = "  @ o . communities; C centre, c clinic; hospitals: M maternal, H other, A alliance"
    return Group(Text("Where", style="bold"), Text("\n".join(lines)), Text(key), Text(f"  |{'-' * bar}| {bar * km:.2g} km"))


def _signs(district: District) -> Iterator[tuple[Community | Provider, str]]:
    """Every place with its sign, what is drawn over others last."""
    most = max(sum(community.children) for community in district.communities)
    for community in sorted(district.communities, key=lambda each: sum(each.children)):
        share = sum(community.children) / most
        yield community, "@" if share > LARGE else "o" if share > MIDDLING else "."
    for kind, sign in SIGNS.items():
        for provider in district.of_kind(kind):
            yield provider, sign
