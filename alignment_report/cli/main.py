"""The command line: which commands there are, and how every run ends."""

import difflib
import importlib
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

import click

from alignment_report import __version__
from alignment_report.cli.screen import abandon, complain, prepare
from alignment_report.errors import (
    AlignmentReportError,
    EnvironmentTrouble,
    FlawedBenchmark,
    FlawedInput,
    FlawedPlaybook,
    FlawedTheme,
    OutputHeld,
    Undeliverable,
)

DONE, FOUND_SOMETHING, USAGE, ENVIRONMENT, HELD, INTERRUPTED, TERMINATED = 0, 1, 2, 3, 75, 130, 143

COMMANDS = {
    "new": "Write a client's folder with every field explained.",
    "check": "Read clients' folders, and finished files, and say every flaw.",
    "build": "Build clients' playbooks as drafts: HTML, PDF and JSON.",
    "deliver": "Make a wave's final playbook, and record it.",
    "benchmark": "Gather where many clients stand, without their names.",
    "purge": "Delete a respondent's answers, or all of a client.",
    "explain": "Say why a stage, finding, verdict or play is as it is.",
    "playbook": "Work on the folder of knowledge.",
    "template": "Work on a folder of templates of your own.",
    "schema": "Write the JSON Schemas for your editor.",
    "doctor": "Say what this machine lacks, and how to get it.",
}


class _Commands(click.Group):
    """Commands by name; each one's module is imported only when it is run."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"alignment_report.cli.{name}").command
        return command

    def resolve_command(self, context: click.Context, arguments: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        close = difflib.get_close_matches(arguments[0], COMMANDS, n=1)
        if close and arguments[0] not in COMMANDS:
            raise click.UsageError(f"There is no command '{arguments[0]}'. Did you mean '{close[0]}'?", context)
        return super().resolve_command(context, arguments)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=_Commands, name="alignment-report", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def alignment_report() -> None:
    """Playbooks for how a client's Sales and Marketing work together.

    A client's folder holds facts about the company and what people in both functions answered; `build` turns it into a
    playbook as HTML and PDF.
    """


def run() -> None:
    """The program: runs the command that was typed and ends with its exit code."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Runs a command and gives its exit code, whatever happens."""
    prepare()
    signal.signal(signal.SIGTERM, _end)
    try:
        return int(alignment_report.main(list(arguments), prog_name="alignment-report", standalone_mode=False) or DONE)
    except (click.Abort, KeyboardInterrupt):
        complain("Interrupted.")
        return INTERRUPTED
    except click.ClickException as trouble:
        return _usage(trouble)
    except FlawedInput as flawed:
        complain(*map(str, flawed.flaws))
        return FOUND_SOMETHING
    except Undeliverable as trouble:
        complain(*trouble.faults)
        return FOUND_SOMETHING
    except (FlawedBenchmark, FlawedPlaybook, FlawedTheme) as flawed:
        complain(*map(str, flawed.flaws))
        return USAGE
    except EnvironmentTrouble as trouble:
        complain(str(trouble))
        return ENVIRONMENT
    except OutputHeld as trouble:
        complain(str(trouble))
        return HELD
    except AlignmentReportError as trouble:
        complain(str(trouble))
        return USAGE
    except OSError as trouble:
        return _environment(trouble)
    except SystemExit as ending:
        # The other one is click's, where nobody reads its help any more.
        return TERMINATED if ending.code == TERMINATED else DONE
    except Exception as bug:  # the last resort: a traceback tells the user nothing
        return _unexpected(bug)


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(TERMINATED)


def _usage(trouble: click.ClickException) -> int:
    if isinstance(trouble, click.exceptions.NoArgsIsHelpError):
        complain(*trouble.format_message().split("\n"))
        return USAGE
    if isinstance(trouble, click.UsageError) and trouble.ctx:
        complain(*trouble.ctx.get_usage().split("\n"), f"Help: {trouble.ctx.command_path} --help")
    complain(trouble.format_message())
    return USAGE


def _environment(trouble: OSError) -> int:
    if _is_debugged():
        traceback.print_exception(trouble)
    abandon(sys.stdout)  # it may be what failed, with words of click's still unprinted
    complain(f"{trouble.filename}: {trouble.strerror}." if trouble.filename else f"{trouble}.")
    return ENVIRONMENT


def _unexpected(bug: Exception) -> int:
    """One line without the error's own words, which could repeat an answer."""
    if _is_debugged():
        traceback.print_exception(bug)
    last = traceback.extract_tb(bug.__traceback__)[-1]
    complain(
        f"Something went wrong that is the program's fault: {type(bug).__name__} in {Path(last.filename).name}, line {last.lineno}. "
        "Please report it with the command you ran; ALIGNMENT_REPORT_DEBUG=1 shows more, which may hold answers."
    )
    return FOUND_SOMETHING


def _is_debugged() -> bool:
    return os.environ.get("ALIGNMENT_REPORT_DEBUG") == "1"
