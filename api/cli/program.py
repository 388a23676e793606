"""The command itself: finds the module of each command and turns errors into exit codes."""

from __future__ import annotations

import importlib
import io
import os
import sys
from typing import TYPE_CHECKING

import click

from api.cli.examples import example
from graph.errors import DepositaryError, nearest
from graph.render.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

COMMANDS = (
    "left",
    "status",
    "parties",
    "history",
    "policy",
    "claims",
    "ask",
    "query",
    "graph",
    "analyse",
    "check",
    "build",
    "serve",
)
FAULT = 1
WRONG_USE = 2
INTERRUPTED = 130


class Commands(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Answer the names of the commands, the main one first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Answer a command by its name; the error for another name says which are near."""
        if cmd_name in COMMANDS:
            found: click.Command = getattr(importlib.import_module(f"api.cli.{cmd_name}"), cmd_name)
            return found
        if cmd_name.startswith("-"):
            return None
        near = " or ".join(nearest(cmd_name, COMMANDS) or COMMANDS)
        message = f"There is no command {cmd_name!r}; perhaps you mean {near}."
        raise click.UsageError(message, ctx)


def _show_version(context: click.Context, parameter: object, wanted: bool) -> None:  # noqa: ARG001, FBT001 - click's signature
    if wanted:
        from api.version import program_version

        click.echo(f"depositary {program_version()}")
        context.exit()


@click.group(
    name="depositary",
    cls=Commands,
    epilog=example("depositary left ottawa"),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version of the program and exit.",
)
def program() -> None:
    """Answer what states do and say about treaties, each answer with its sources."""


def run(arguments: Sequence[str]) -> int:
    """Run a command line and answer its exit code; errors are told on stderr, without a trace."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        return _quietly(lambda: _call(arguments))
    except DepositaryError as error:
        _complain(str(error))
        return error.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return error.exit_code
    except click.ClickException as error:
        _complain(_with_hint(error))
        return error.exit_code
    except OSError as error:
        _complain(f"{error.filename or 'The system'}: {error.strerror or error}")
        return FAULT


def _call(arguments: Sequence[str]) -> int:
    # click's own main would end a closed pipe with 1, which means a fault here.
    try:
        with program.make_context("depositary", list(arguments)) as context:
            program.invoke(context)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    finally:
        sys.stdout.flush()
    return 0


def _quietly(call: Callable[[], int]) -> int:
    """End without a word where the user interrupts or the reader of a pipe has seen enough."""
    try:
        return call()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Python flushes once more at its end, and would complain there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _with_hint(error: click.ClickException) -> str:
    message = error.format_message().rstrip(".") + "."
    if isinstance(error, click.UsageError) and error.ctx:
        message += f" See {error.ctx.command_path} --help."
    return message


def _complain(message: str) -> None:
    """Tell an error, each line with the name of the program."""
    for line in message.splitlines() or ["an error without a message"]:
        print(f"depositary: {plain(line)}", file=sys.stderr)  # noqa: T201
