"""Which numbers does the model declare? Writes docs/parameters.md and docs/assumptions.md from the declarations.

python -m experiments.declared            a test fails when text and declarations part

docs/evidence.md and its picture, which experiments/evidence makes from the same declarations, are written along with them.
"""

from pathlib import Path

from experiments.evidence import page
from model.parameters import ROOT, Parameter, declarations

HEAD = "<!-- written by `python -m experiments.declared`; change the TOML file beside the rule instead -->\n\n"


def _source(parameter: Parameter) -> str:
    text = parameter.source or parameter.because
    return f"[{text}]({parameter.url})" if parameter.url else text


def parameters_page() -> str:
    """Every parameter by file: value, range, unit, kind, role, meaning, source."""
    lines = ["# Parameters\n\n" + HEAD + f"{len(declarations())} numbers, each declared once beside the rule that uses it.\n"]
    file = ""
    for p in declarations().values():
        if p.file != file:
            file = p.file
            lines.append(
                f"\n## `{file}`\n\n| key | value | range | unit | kind | role | meaning | source or reason |\n|---|---|---|---|---|---|---|---|"
            )
        lines.append(
            f"| `{p.name}` | {p.value:g} | {p.low:g} to {p.high:g} | {p.unit} | {p.kind} | {p.role} | {p.meaning} | {_source(p)} |"
        )
    return "\n".join(lines) + "\n"


def assumptions_page() -> str:
    """Every assumed number by its number, with the reason for its range and what it must move."""
    assumed = sorted((p for p in declarations().values() if p.kind == "assumed"), key=lambda p: p.assumption)
    lines = [
        "# Assumptions\n\n"
        + HEAD
        + f"{len(assumed)} numbers for which no source was found. Each has a range that is plausible and an "
        "indicator that it must move; none of them was tuned outside its range.\n\n| no. | key | value | range | unit | reason | moves |\n|---|---|---|---|---|---|---|"
    ]
    for p in assumed:
        reason = "; ".join(text for text in (p.because, p.source) if text)
        lines.append(f"| {p.assumption} | `{p.name}` | {p.value:g} | {p.low:g} to {p.high:g} | {p.unit} | {reason} | `{p.moves}` |")
    return "\n".join(lines) + "\n"


PAGES = {"parameters.md": parameters_page, "assumptions.md": assumptions_page}


def write(folder: Path = ROOT / "docs") -> None:
    """Write all pages."""
    written = {name: text().encode() for name, text in PAGES.items()} | page.pages()
    for name, content in written.items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    write()
