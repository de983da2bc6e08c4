"""How is the simulator cited?

From CITATION.cff, of which only plain lines are read: `key: "value"`, folded text is left out, authors as names. Without a
date of release the year is unknown and said so, as APA asks. The engine is named, since another engine gives other figures.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from dashboard.rooms.about.pages import found

LINE = re.compile(r'^(?P<key>[a-z-]+): *"?(?P<value>[^"\n]*?)"? *$', re.MULTILINE)
AUTHOR = re.compile(r'^ +(?:- )?(?P<key>name|family-names|given-names): *"?(?P<value>[^"\n]*?)"? *$', re.MULTILINE)
YEAR = 4


def facts() -> dict[str, str]:
    """Return title, authors, version, licence and year of the citation file, nothing if it is not installed."""
    path = found("CITATION.cff")
    return facts_of(path.read_text(encoding="utf-8")) if path else {}


def facts_of(text: str) -> dict[str, str]:
    """Return what a citation file says."""
    said = {line["key"]: line["value"] for line in LINE.finditer(text)}
    authors, _, _ = text.partition("authors:")[2].partition("\nversion")
    return said | {"authors": " & ".join(_authors(authors)), "year": said.get("date-released", "")[:YEAR]}


def _authors(text: str) -> list[str]:
    names: list[str] = []
    for found_name in AUTHOR.finditer(text):
        if found_name["key"] == "given-names" and names:
            names[-1] += f", {found_name['value'][:1]}."
        else:
            names.append(found_name["value"])
    return names


def apa(said: Mapping[str, str], engine: str) -> str:
    """Return the line of a list of references, by APA."""
    author = said["authors"].rstrip(".")
    return (
        f"{author}. ({said['year'] or 'n.d.'}). {said['title']} (Version {said['version']}; engine {engine}) [Computer software]."
    )


def bibtex(said: Mapping[str, str], engine: str) -> str:
    """Return the entry for BibTeX; what is unknown is left out."""
    fields = {
        "title": f"{{{said['title']}}}",
        "author": f"{{{said['authors'].replace(' & ', ' and ')}}}",
        "version": said["version"],
        "year": said["year"],
        "note": f"Computer software, engine {engine}, {said['license']}",
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return "@software{alliance_simulator,\n" + ",\n".join(lines) + "\n}"
