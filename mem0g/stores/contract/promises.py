"""How a check says that a promise is broken."""

from collections.abc import Callable


def agree(found: object, wanted: object, promise: str) -> None:
    """Nothing, where both are equal.

    Raises:
        AssertionError: they are not.
    """
    if found != wanted:
        raise AssertionError(f"broken promise: {promise}\n  found:     {found!r}\n  should be: {wanted!r}")


def refuses(error: type[Exception], call: Callable[[], object], promise: str) -> None:
    """Nothing, where `call` raises `error`.

    Raises:
        AssertionError: it returned.
    """
    try:
        found = call()
    except error:
        return
    raise AssertionError(f"broken promise: {promise}\n  found:     {found!r}\n  should be: {error.__name__}")
