"""Ask every command in the surroundings of this process, and write down what each printed and its exit code.

    python -P ask.py WORDS.json ANSWERS.json HOW

The commands run one after the other in this process, as `cli.main`, so that the engine is loaded once in each surrounding; each
has its own standard streams on real file numbers. HOW: files, closed, full, left (a pipe whose reader has left), no-errors (and
no input).
"""

import contextlib
import io
import json
import os
import resource
import subprocess
import sys
from pathlib import Path


def stream_to(number: int, name: str) -> io.TextIOWrapper:
    """A text stream as Python makes it when it starts."""
    encoding, _, errors = os.environ.get("PYTHONIOENCODING", "utf-8").partition(":")
    stream = open(number, "w", encoding=encoding, errors=errors or "strict", closefd=False)  # noqa: SIM115  it stays open
    setattr(sys, name, stream)
    return stream


def opened(path: str, number: int) -> None:
    there = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(there, number)
    if there != number:
        os.close(there)


def put_streams(how: str, out: str, err: str) -> None:
    """Standard output and errors for the next command."""
    opened(err, 2)
    stream_to(2, "stderr")
    opened("/dev/full" if how == "full" else out, 1)
    if how == "left":
        reader, writer = os.pipe()
        os.close(reader)
        os.dup2(writer, 1)
        os.close(writer)
    stream_to(1, "stdout")
    if how == "closed":
        os.close(1)
        sys.stdout = None
    if how == "no-errors":
        os.close(0)
        os.close(2)
        sys.stderr = sys.stdin = None


def answered(words: list[str]) -> int:
    """The exit code; the server takes the place of its process, so it gets one."""
    if words[0] in ("serve", "dashboard"):
        begin = f"import sys, cli; sys.exit(cli.main({words!r}))"
        return subprocess.run([sys.executable, "-c", begin], check=False, timeout=300).returncode
    import cli

    return cli.main(words)


def main() -> None:
    """Ask all."""
    asked, answers, how = sys.argv[1:]
    lines = json.loads(Path(asked).read_text(encoding="utf-8"))
    found = {}
    for words in lines:
        out, err = (f"{answers}.{words[0]}.{name}" for name in ("out", "err"))
        put_streams(how, out, err)
        try:
            code = answered(words)
        except BaseException as error:  # noqa: BLE001  that is what must not happen
            code = f"{type(error).__name__}: {error}"
        for stream in filter(None, (sys.stdout, sys.stderr)):
            with contextlib.suppress(OSError):
                stream.flush()
        found[words[0]] = code
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    Path(answers).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
