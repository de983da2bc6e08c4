"""What does a person read of a story?

Days as headings, a sentence a line; with the rules, under each day every decision with its arguments, the parameters it
read, its dice and its result. Two worlds stand one after the other for each day on which they differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from experiments.sheet import NAME, NUMBER, WORDS, Sheet
from experiments.trace.against import Parting, first_other_number
from experiments.trace.pick import Pick
from experiments.trace.story import Chapter, Story
from experiments.trace.watch import Call, Number
from model.divergence import Divergence


def story_page(story: Story, chapters: list[Chapter], *, with_rules: bool = False) -> RenderableType:
    """One story."""
    head = [Text(story.title, style="bold"), *(Text(line) for line in story.about)]
    body = [line for chapter in chapters for line in chapter_lines(chapter, with_rules)]
    if not chapters:
        body = [Text("Nothing happened in these weeks.")]
    tail = [
        Text(line) for line in (story.ending, f"Results {story.result_hash}: the watched world is the world, bit for bit.") if line
    ]
    return Group(*head, Text(), *body, Text(), *tail)


def chapter_lines(chapter: Chapter, with_rules: bool) -> Iterator[RenderableType]:
    """One day or quarter."""
    yield Text(f"{chapter.day:%A %Y-%m-%d}", style="bold")
    for words in chapter.words:
        yield Padding(Text(words), (0, 0, 0, 2))
    if with_rules:
        calls = [call for top in chapter.calls for call in rules_of(top)]
        yield from (Padding(Text(line, style="dim"), (0, 0, 0, 4)) for line, _ in groupby(rule_line(call) for call in calls))


def rules_of(call: Call) -> Iterator[Call]:
    """The decisions and dice of a call, in order."""
    return (inner for inner in call.walk() if inner.is_rule or inner.name.endswith(".die"))


def rule_line(call: Call) -> str:
    """A rule with all its numbers, or a die with its purpose, on one line."""
    if call.purpose:
        return f"die for {call.purpose.replace('_', ' ')} = {call.result!r}"
    inputs, read = (", ".join(f"{name}={exact(value)}" for name, value in row.items()) for row in (call.inputs, call.parameters))
    return f"{call.key}({inputs}) = {exact(call.result)}" + (f" with {read}" if read else "")


def exact(value: Number | None) -> str:
    """A number with all its digits."""
    return "none" if value is None else repr(value)


# -- two worlds -----------------------------------------------------------------------------------------------------


def against_page(
    first: Story, second: Story, part: Parting | None, worlds: Divergence | None, chapters: tuple[list[Chapter], list[Chapter]],
    *, with_rules: bool = False,
) -> RenderableType:  # fmt: skip
    """Both worlds of one agent: where they part, then each day on which they differ."""
    lines: list[RenderableType] = [Text(f"{first.title}, against {second.scenario}", style="bold")]
    lines += [Text(line) for line in first.about]
    lines += [Text(f"The worlds part in {worlds}." if worlds else "The two worlds are the same, to the last bit.")]
    if part is None:
        lines.append(Text("For this one nothing was done differently."))
        lines += list(_other_number(first, second))
    else:
        lines += [Text(line) for line in part.sentences()]
        lines.append(_side_by_side(first, second, part))
    table = Sheet("What differs, day by day", (("Day", NAME), (first.scenario, WORDS), (second.scenario, WORDS)), has_lines=True)
    for day, one, other in differing_days(*chapters):
        table.add(str(day), _cell(one, other, with_rules), _cell(other, one, with_rules))
    return Group(*lines, *([table] if table.rows else []), Text(f"First: {first.ending}"), Text(f"Second: {second.ending}"))


def _other_number(first: Story, second: Story) -> Iterator[Text]:
    found = first_other_number(first, second)
    if found:
        day, a, b = found
        yield Text(f"The first other number: on {day} {rule_line(a)} against {rule_line(b)}.")


def _side_by_side(first: Story, second: Story, part: Parting) -> Sheet:
    table = Sheet(f"Where they part: {part.day}", ((first.scenario, WORDS), (second.scenario, WORDS)))
    table.add("\n".join(part.first), "\n".join(part.second))
    return table


def _cell(chapter: Chapter | None, other: Chapter | None, with_rules: bool) -> str:
    """What the other world does not say as well."""
    if chapter is None:
        return "Nothing happened."
    elsewhere = _lines(other, with_rules) if other else []
    own = [line for line in _lines(chapter, with_rules) if line not in elsewhere]
    return "\n".join(own) or "Nothing more."


def _lines(chapter: Chapter, with_rules: bool) -> list[str]:
    rules = [rule_line(call) for top in chapter.calls for call in rules_of(top)] if with_rules else []
    return [*chapter.words, *rules]


def differing_days(first: list[Chapter], second: list[Chapter]) -> Iterator[tuple[object, Chapter | None, Chapter | None]]:
    """Days with other words in the two worlds."""
    one, other = ({(chapter.day, is_end(chapter)): chapter for chapter in chapters} for chapters in (first, second))
    for key in sorted(one.keys() | other.keys()):
        a, b = one.get(key), other.get(key)
        if a is None or b is None or a.words != b.words:
            yield key[0], a, b


def is_end(chapter: Chapter) -> bool:
    """[bool] Whether this is the end of a month, not a day."""
    return bool(chapter.scenes) and chapter.scenes[0].day < 0


# -- picks ----------------------------------------------------------------------------------------------------------


def picks_page(found: dict[str, list[Pick]], command: str) -> RenderableType:
    """Children worth reading about."""
    numbers = ((column, NUMBER) for column in ("Child", "Illnesses", "Visits", "Missed", "Family paid (yuan)"))
    table = Sheet("Children worth reading about", (("Why", NAME), *numbers))
    for picks in found.values():
        for p in picks:
            paid = f"{p.own_paid_yuan:,.0f}"
            table.add(p.why, str(p.child), str(p.n_illnesses), str(p.n_visits), str(p.n_missed_serious), paid)
    if not table.rows:
        return Text("No child has such a life in this world.")
    child = next(pick for picks in found.values() for pick in picks).child
    return Group(table, Text(f"Read one with: {command} --child {child}"), Text("What one seed shows is one world's luck."))
