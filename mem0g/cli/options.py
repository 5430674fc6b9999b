"""What the API calls its arguments, as the user of a command writes them: `valid_at=…` is `--valid-at …`. Pure."""

import re
from collections.abc import Iterable

import click


def as_typed(message: str, parameters: Iterable[click.Parameter]) -> str:
    """An error's message with a command's options and arguments in place of the API's arguments of their names; what is quoted stays."""
    by_name = {parameter.name: parameter for parameter in parameters if parameter.name}
    names = "|".join(map(re.escape, by_name))
    return re.sub(rf"(?<![\w.'\"“?&/])({names})=(True|False|None)?", lambda found: _typed(by_name[found[1]], found[2]), message)


def _typed(parameter: click.Parameter, value: str | None) -> str:
    """The option or argument with this value; without one, what its value is to follow."""
    if isinstance(parameter, click.Argument):
        return f"no {parameter.human_readable_name}" if value == "None" else f"{parameter.human_readable_name} "
    option = parameter.opts[0]
    match value:
        case None:
            return f"{option} "
        case "True":
            return option
        case "False" if parameter.secondary_opts:
            return parameter.secondary_opts[0]
        case _:
            return f"no {option}"
