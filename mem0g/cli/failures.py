"""How a command ends that cannot go on: one line on stderr, and an exit code; never a traceback."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

from mem0g.errors import Mem0gError


class Failure(click.ClickException):
    """An error that the user can do something about; exit code 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Write it to stderr as one line."""
        click.echo(f"mem0g: error: {one_line(self.message)}", file=file, err=file is None)


class Stopped(click.ClickException):
    """The user did not confirm."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Write it to stderr as one line, which begins on a line of its own."""
        click.echo(f"\nmem0g: stopped: {one_line(self.message)}", file=file, err=file is None)


class Interrupted(Stopped):
    """The user pressed Ctrl-C."""

    exit_code = 130
    """128 and the number of the signal."""


def one_line(text: str) -> str:
    """`text` without line breaks and control characters."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


@contextmanager
def told_in_one_line() -> Iterator[None]:
    """Turn what can go wrong for a user into a `Failure`; a broken pipe and click's own errors pass."""
    try:
        yield
    except Mem0gError as error:
        raise Failure(str(error)) from error
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        raise Failure(f"{error.filename or 'the system'}: {error.strerror or error}") from error
    except click.Abort as error:
        raise Stopped("nothing was changed") from error
    except KeyboardInterrupt as error:
        raise Interrupted("nothing is half-written; `mem0g retry` reads what is pending") from error


class Program(click.Group):
    """The group of commands, with errors told in one line."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with told_in_one_line():
            return super().invoke(ctx)
