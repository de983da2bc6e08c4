"""What does docs/evidence.md say?

Counts by kind and actor, the register of data with its uses, the picture of evidence against influence and its dangerous
corner. Everything is generated: a test fails when page and declarations part.
"""

from experiments.evidence.influence_table import MEASURE, read_influence
from experiments.evidence.picture import evidence_picture
from experiments.evidence.register import actors, counts
from experiments.evidence.strength import BANDS, WEAK, Standing, dangerous, standings
from experiments.evidence.table import MEANING_OF_USE, datum_value
from model.known import CALIBRATE, SPECIFY, USES, VALIDATE, Known, data_for
from model.parameters import KINDS, ROOT, declarations
from model.refusal import number

FOLDER = ROOT / "docs"
PAGE, PICTURE = "evidence.md", "evidence.svg"
TITLE = "Evidence against influence"
HEAD = "<!-- written by `python -m experiments.evidence --write`; change the declarations or model/known.toml instead -->"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    return "\n".join([_row(*head), "|" + "---|" * len(head), *(_row(*row) for row in rows)])


def _counts() -> str:
    found = counts(declarations().values())
    rows = [
        (f"`{actor}`", *(str(found[actor, kind] or "") for kind in KINDS), str(sum(found[actor, kind] for kind in KINDS)))
        for actor in actors()
    ]
    totals = [sum(found[actor, kind] for actor in actors()) for kind in KINDS]
    return _table(("actor", *KINDS, "all"), [*rows, ("all", *map(str, totals), str(sum(totals)))])


def _cited(datum: Known) -> str:
    source = f"[{datum.source}]({datum.url})" if datum.url else datum.source or "assumed"
    return source.replace("|", "/")


def _keys(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _value(datum: Known) -> str:
    return datum_value(datum) if datum.unit == "1" else f"{datum_value(datum)} {datum.unit}"


def _data(use: str) -> str:
    rows: list[tuple[str, ...]] = []
    for datum in data_for(use).values():
        speaks = f"`{datum.pattern}`" + (f" per {datum.per.replace('_', '-')}" if datum.per else "") + f", {datum.period}"
        last = {
            SPECIFY: (_keys(datum.sets) or "no parameter", datum.because),
            CALIBRATE: (datum.tolerance_because, datum.because),
            VALIDATE: (datum.says, f"{datum.cannot}. {datum.because}"),
        }[use]
        rows.append((f"`{datum.name}`: {datum.meaning[0].lower()}{datum.meaning[1:]}", _value(datum), speaks, _cited(datum), *last))
    last_heads = {
        SPECIFY: ("it set", "reason"),
        CALIBRATE: ("reason for the tolerance", "what to keep in mind"),
        VALIDATE: ("what it can say", "what it cannot do; its range"),
    }[use]
    return _table(
        ("datum", "value (range) ± tolerance" if use == CALIBRATE else "value (range)", "speaks about", "source", *last_heads), rows
    )


def _corner(found: list[Standing]) -> str:
    rows = []
    for each in found:
        p = declarations()[each.name]
        span = f"{number(p.value)} ({number(p.low)} to {number(p.high)})"
        rows.append(
            (f"`{p.name}`", str(p.assumption), span, p.unit, f"{each.strength:.2f}", f"{each.influence:,.1f}", f"`{p.moves}`")
        )
    return _table(("parameter", "assumption", "value (range)", "unit", "evidence", MEASURE, "of its indicator"), rows)


def evidence_page() -> str:
    """The text of docs/evidence.md."""
    known, found = declarations(), dangerous(standings(read_influence()))
    n_sourced = sum(bool(p.url) for p in known.values())
    n_assumed = sum(p.kind == "assumed" for p in known.values())
    scores = ", ".join(f"{kind} {low:g} to {high:g}" for kind, (low, high) in BANDS.items())
    uses = "\n\n".join(f"### {use.capitalize()}: {MEANING_OF_USE[use]}\n\n{_data(use)}" for use in USES)
    return f"""# Evidence

{HEAD}

{len(known)} parameters, of which {n_assumed} are assumed; {n_sourced} cite a source that can be looked up. Each with value, range
and source: [parameters](parameters.md); each assumption with its number and reason: [assumptions](assumptions.md). At a
terminal: `alliance evidence [--kind KIND] [--actor ACTOR] [--json] [--csv]`.

{_counts()}

## What each datum is used for

A datum specifies (it set a parameter), calibrates (it is a target of calibration) or validates (it is compared only after
fitting); `alliance evidence --data` lists them. Every number that is law, measured or estimated specifies its parameter by being
there, and tests nothing. No row of a source both calibrates and validates, no pattern that is a target is validated, and
nothing that specified a parameter validates; where a source gave a parameter another row, `model/known.toml` names that
parameter. The pass rate of the examination and other companies' ratios are no targets.

A target counts as missed by as many steps as it lies tolerances away. Where sources disagree the target is the middle between
them.

{uses}

## Evidence against influence

![Evidence against influence]({PICTURE})

Evidence is a score that only orders: {scores}.
Within a kind a narrow range counts for more (its width against its ends), and so does a source that can be looked up.
Influence is taken from [influence](influence.md): {MEASURE} of the paired difference between both ends of the range, on
the indicator that the parameter names itself. It says what certainly moves something, not what matters most for one answer.

Badly known and influential (evidence below {WEAK:g}, among the most influential fifth, no lever): {len(found)} parameters. What the
model says rests on them; a study of one of them would be worth most.

{_corner(found)}
"""


def pages() -> dict[str, bytes]:
    """Every generated file of this page, by name."""
    picture = evidence_picture(read_influence(), TITLE, f"{MEASURE}, own indicator")
    return {PAGE: evidence_page().encode(), PICTURE: picture}
