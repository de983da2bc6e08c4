"""What can one ask of the simulator at a terminal?

    alliance run scenarios/huaxi.toml      simulate a scenario, for one seed or many
    alliance scenarios                     what there is, and which question each asks
    alliance explain NAME                  a parameter: meaning, value, range, source, where used
    alliance compare A B --seeds 20        paired differences with 95 % intervals, and the inputs that differ
    alliance trace SCENARIO --child N      one child's, doctor's or place's story, with each rule's numbers
    alliance answer --set KEY=VALUE        a policy under the four readings: what all of them say, what is undetermined
    alliance evidence                      where every number comes from
    alliance odd --check                   does the description (docs/odd.md) still say what the code does?
    alliance calibrate SCENARIO --out DIR  fit the free numbers to what is known
    alliance validate --out DIR            everything that can be checked, in one report
    alliance sensitivity SCENARIO --out D  which assumed numbers move the answers: Morris, then Sobol
    alliance network SCENARIO --out FILE   who is tied to whom in a week, as GraphML or a picture
    alliance dashboard                     the same world in a browser
    alliance serve                         the same for many: hardened, with a limit of sessions

Bad input is answered with one line and exit code 2; Ctrl-C, SIGTERM and SIGHUP with one line and 130; what could not be printed
with one line and 1 (a reader who leaves the pipe early: with none). What can be asked stands in terminal/commands.py: it is
imported when signals are heard and the streams can take everything, so that no moment is too early to stop.
"""

import sys
from collections.abc import Sequence

from experiments.printed import Sink, printing
from terminal.stop import STOPPED, Ear, StoppedError, listening

NOT_PRINTED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer one command line; returns the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    with printing() as out, listening(is_program=arguments is None) as ear:
        return printed(out, answered_or_stopped(words, ear))


def answered_or_stopped(words: list[str], ear: Ear) -> int:
    """Answer, or say in one line that it was stopped; returns the exit code."""
    said = "stopped; no results were written"
    try:
        from terminal.commands import answered

        code = answered(words)
        if code != STOPPED:
            return code
    except StoppedError as stopped:
        said = str(stopped)
    except BaseException as error:
        # The signal comes in the middle of anything: an import that is broken off ends in errors of many kinds.
        if not (ear.has_heard or isinstance(error, KeyboardInterrupt)):
            raise
    ear.is_deaf = True
    print(f"alliance: {said}", file=sys.stderr)
    return STOPPED


def printed(out: Sink, code: int) -> int:
    """Say in one line if the answer could not be printed; returns the exit code."""
    sys.stdout.flush()
    if out.error is None:
        return code
    if not isinstance(out.error, BrokenPipeError):
        print(f"alliance: the answer could not be printed ({out.error.strerror})", file=sys.stderr)
    return code or NOT_PRINTED


if __name__ == "__main__":
    sys.exit(main())
