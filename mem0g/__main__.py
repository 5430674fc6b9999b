"""`python -m mem0g`: the same as the command `mem0g`."""

from mem0g.cli import main

if __name__ == "__main__":
    main(prog_name="python -m mem0g")
