"""The `trigpoint` command: gathers the command groups and turns user errors into one sentence and exit code 2."""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from importlib.metadata import entry_points
from io import TextIOWrapper
from pathlib import Path

import typer

from trigpoint.errors import InputError

# In the order in which help lists them.
GROUPS = ("import_", "check", "diff", "measures", "data", "activity", "finance", "triangulate", "coverage", "report")

app = typer.Typer(
    name="trigpoint",
    help="Read a health system's operational plan, check it, run it, print its papers.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)


def _gather() -> None:
    """Register the core's commands, then those that other installed parts (the server) offer by entry point."""
    for name in GROUPS:
        import_module(f"trigpoint.cli.{name}").register(app)
    for point in entry_points(group="trigpoint.commands"):
        point.load()(app)


def main() -> None:
    """Entry point of the console script."""
    _prepare()
    try:
        try:
            _gather()
            app()
        finally:
            sys.stdout.flush()  # here, where a full disk can still be told
    except InputError as error:
        _refuse(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        _drop_output()  # whoever read the output has had enough of it
        sys.exit(1)
    except OSError as error:
        _drop_output()
        _refuse(str(_told(error)))
    except (MemoryError, RecursionError):
        _refuse("this is more than the machine can hold; split the file.")


def _prepare() -> None:
    """Make ready for any terminal: one that is closed, one that lacks a letter, one that is taken away."""
    if sys.stdout is None:  # as after `>&-`
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open as long as the process
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    # An end asked for from outside clears away what is half-written, as any other end does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def _told(error: OSError) -> InputError:
    """What the operating system will not do, where no command has said it better."""
    reason = (error.strerror or type(error).__name__).lower()
    if error.filename is None:
        return InputError(f"the output cannot be written ({reason})", remedy="send it elsewhere")
    name = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else str(error.filename)
    return InputError(f"this cannot be used ({reason})", where=name, remedy="check its name and your rights")


def _refuse(sentence: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(f"{sentence}\n")
    sys.exit(2)


def _drop_output() -> None:
    """Let what is still to be printed go nowhere, so that the interpreter does not stumble over it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


if __name__ == "__main__":
    main()
