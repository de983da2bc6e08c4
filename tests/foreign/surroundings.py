"""In which surroundings do strangers start the simulator?

Each says how it differs from the plain one: environment, working folder, what a shell does before, the streams; and what may
differ of the answers: the exit code where nothing can be printed, and lines on the error stream that are said once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

NOBODY = """
import pwd
def nobody(uid): raise KeyError(uid)
pwd.getpwuid = nobody  # as for a number without a line in /etc/passwd
"""
NOT_SET = None


@dataclass(frozen=True)
class Surrounding:
    """One of them; in `env` {tmp} is the test's folder, {cache} the warm cache, {private} a temporary folder with one."""

    name: str
    env: Mapping[str, str | None] = field(default_factory=dict)
    cwd: str = "here"
    before: str = ""
    streams: str = "files"
    cannot_print: bool = False
    said: str = ""  # one line that is said once, by the first command that loads the engine
    says_the_same: bool = True
    place: str = "sources"  # or a wheel, or another clone
    startup: str = ""  # what a sitecustomize does
    is_refused: bool = False  # by every command, in one line
    may_refuse: bool = False  # files cannot be written: the commands that write may refuse in one line


NO_HOME = {"HOME": NOT_SET, "XDG_CACHE_HOME": NOT_SET, "ALLIANCE_CACHE": NOT_SET, "USER": NOT_SET, "LOGNAME": NOT_SET}
C_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
GERMAN = {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}
SURROUNDINGS = [
    Surrounding("plain"),
    Surrounding("no-home-nobodys-user", NO_HOME | {"TMPDIR": "{private}"}, startup=NOBODY, said="there is no home folder"),
    Surrounding("home-is-no-folder", NO_HOME | {"HOME": "/dev/null/home", "TMPDIR": "{private}"}, said="cannot be written to"),
    Surrounding("all-read-only", cwd="read only", before="readonly"),
    Surrounding("ascii", C_LOCALE | {"PYTHONIOENCODING": "ascii"}, says_the_same=False),
    Surrounding("gbk-german-nepal", GERMAN | {"PYTHONIOENCODING": "gbk", "TZ": "Asia/Kathmandu"}, says_the_same=False),
    Surrounding("output-closed", streams="closed", cannot_print=True),
    Surrounding("output-full", streams="full", cannot_print=True),
    Surrounding("reader-has-left", streams="left", cannot_print=True),
    Surrounding("errors-and-input-closed", streams="no-errors"),
    Surrounding("dumb-20-columns", {"TERM": "dumb", "COLUMNS": "20", "NO_COLOR": "1"}, says_the_same=False),
    Surrounding("warnings-are-errors", {"PYTHONWARNINGS": "error"}),
    Surrounding("folder-removed", cwd="removed", is_refused=True),
    Surrounding("odd-folder", {"PYTHONDONTWRITEBYTECODE": "1"}, cwd="it's \"ours\" 一二 [x]*", before="umask 077"),
    Surrounding("few-files-no-tmp", {"TMPDIR": "/nowhere"}, before="ulimit -n 64"),
    Surrounding("files-cannot-grow", before="ulimit -S -f 8", may_refuse=True, says_the_same=False),
    Surrounding("wheel", {"PYTHONSAFEPATH": "1"}, place="wheel"),
    Surrounding("clone", place="clone"),
]  # fmt: skip
