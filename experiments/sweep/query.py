"""What do the results of a sweep say, asked in SQL?

DuckDB reads the chunks of a folder where they lie. `runs` are those of the folder's last engine, `all_runs` those of every engine,
`weekly` the curves. A parameter's name may be written as it is, without quotes. One SELECT, nothing else: it reads this folder's
chunks, and no other file, no network, no variable of this process; it writes nothing. Every file that the question needs is
verified before it is read; whoever asks hears which were left out, and which hold no hash.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.sweep.folder import engine_of, read_folder
from experiments.sweep.ledger import RUNS, WEEKLY
from experiments.sweep.verify import Verified, verified
from model.parameters import declarations
from model.refusal import LONGEST_LINE, ScenarioError, cut, shortened
from model.settings import Settings

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

ALLOWED = "allowed is one SELECT over runs, all_runs or weekly, such as: select status, count(*) from runs group by status"
# Texts and quoted names of SQL are left as they are.
WORD = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|(?<![\w.])[a-z_]+(?:\.[a-z_0-9]+)+(?![\w.(])")
ONCE = "qualify row_number() over (partition by key order by status <> 'ok', filename) = 1"


def query(folder: Path, sql: str, hear: Callable[[Verified], None] = lambda _: None) -> "pd.DataFrame":
    """The answer to one SELECT; `hear` hears what is known of each kind of files that it needs; raises ScenarioError."""
    import duckdb

    engine, base = engine_of(folder), read_folder(folder).frame.values_without()
    there = {kind: verified(folder.absolute(), kind) for kind in (RUNS, WEEKLY) if kind == RUNS or WEEKLY in sql.lower()}
    for found in there.values():
        hear(found)
    if not there[RUNS].whole:
        problem = (
            f"holds {len(lost)} damaged files and no others" if (lost := there[RUNS].damaged) else "holds no finished runs yet"
        )
        raise ScenarioError(shortened(str(folder)), problem, "allowed is a folder in which 'alliance sweep' has finished runs")
    try:
        with duckdb.connect(":memory:") as connection:
            _show(connection, {kind: found.whole for kind, found in there.items()}, engine, base)
            _lock(connection, folder)
            return _one_select(connection, with_quotes(sql)).df()
    except (duckdb.Error, UnicodeError, OverflowError) as error:  # the last two: of files that hold no hash
        raise ScenarioError("query", cut(" ".join(str(error).split()), LONGEST_LINE // 2), ALLOWED) from error


def with_quotes(sql: str) -> str:
    """The query with quotes around the names of parameters, which have dots."""
    return WORD.sub(lambda word: f'"{word[0]}"' if word[0] in declarations() else word[0], sql)


def _one_select(connection: "duckdb.DuckDBPyConnection", sql: str) -> "duckdb.DuckDBPyConnection":
    import duckdb

    statements = connection.extract_statements(sql)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise ScenarioError("query", shortened(sql), ALLOWED)
    return connection.execute(statements[0])


def _lock(connection: "duckdb.DuckDBPyConnection", folder: Path) -> None:
    """From here on nothing but the folder's chunks can be read, and nothing can be unlocked."""
    chunks = [str((folder / name).absolute()) for name in (RUNS, WEEKLY)]
    for setting in (
        "python_enable_replacements = false", "autoinstall_known_extensions = false", "autoload_known_extensions = false",
        f"allowed_directories = [{_listed(chunks)}]", "enable_external_access = false", "lock_configuration = true",
    ):  # fmt: skip
        connection.execute(f"set {setting}")


def _show(connection: "duckdb.DuckDBPyConnection", files: Mapping[str, Sequence[Path]], engine: str, base: Settings) -> None:
    """Make the views."""
    _view(connection, "found", _reading(files[RUNS]))
    columns = [name for name, *_ in connection.execute("describe found").fetchall() if name != "filename"]
    chosen = ", ".join(f'coalesce("{name}", {base[name]!r}) as "{name}"' if name in base else f'"{name}"' for name in columns)
    n, n_different = connection.execute("select count(*), count(distinct key) from found").fetchall()[0]
    _view(connection, "all_runs", f"select {chosen} from found {ONCE if n > n_different else ''}")  # noqa: S608
    _view(connection, "runs", f"select * from all_runs where engine = '{engine}'")  # noqa: S608
    if files.get(WEEKLY):
        _view(connection, "curves", _reading(files[WEEKLY]))
        parameters = "".join(f', r."{name}"' for name in columns if name in base)
        same_file = "c.key = f.key and parse_filename(c.filename) = parse_filename(f.filename)"
        chosen = f"r.seed{parameters}, c.* exclude (filename)"
        _view(connection, "weekly", f"select {chosen} from curves c join found f on {same_file} join runs r on r.key = f.key")  # noqa: S608


def _reading(files: Sequence[Path]) -> str:
    listed = _listed(str(path) for path in files)
    return f"select * from read_parquet([{listed}], union_by_name = true, filename = true)"  # noqa: S608


def _view(connection: "duckdb.DuckDBPyConnection", name: str, select: str) -> None:
    connection.execute(f"create view {name} as {select}")


def _listed(texts: Iterable[str]) -> str:
    return ", ".join("'" + text.replace("'", "''") + "'" for text in texts)
