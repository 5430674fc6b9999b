"""How a command ends that cannot go on: one line on stderr, and an exit code; never a traceback."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, Self

import click

from mem0g.cli.options import as_typed
from mem0g.errors import Mem0gError


class Failure(click.ClickException):
    """An error that the user can do something about; exit code 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Write it to stderr as one line."""
        click.echo(f"mem0g: error: {one_line(self.message)}", file=file, err=file is None)


class Misuse(Failure):
    """A command that was not given as its help says; exit code 2."""

    exit_code = 2

    @classmethod
    def of(cls, error: click.UsageError) -> Self:
        """What click says, and where the help is."""
        program = "mem0g" if error.ctx is None else error.ctx.command_path
        return cls(f"{error.format_message().rstrip('.')} (see {program} --help)")


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
    """Turn what can go wrong for a user into a `Failure`; a broken pipe passes, and so does the help of a group without a command."""
    try:
        yield
    except Mem0gError as error:
        raise Failure(str(error)) from error
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        raise Misuse.of(error) from error
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        raise Failure(f"{error.filename or 'the system'}: {error.strerror or error}") from error
    except click.Abort as error:
        raise Stopped("nothing was changed") from error
    except KeyboardInterrupt as error:
        raise Interrupted("nothing is half-written; `mem0g retry` reads what is pending") from error


class Asked(click.Command):
    """A command whose errors speak of its options, and not of the arguments of `Memory`'s methods."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it."""
        try:
            return super().invoke(ctx)
        except Mem0gError as error:
            raise Failure(as_typed(str(error), self.params)) from error


class Program(click.Group):
    """A group of commands, with errors told in one line. Without a command it shows the help."""

    command_class = Asked
    group_class = type

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options before the command."""
        with told_in_one_line():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with told_in_one_line():
            return super().invoke(ctx)
