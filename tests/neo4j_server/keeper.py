"""Runs a command for as long as standard input stays open: `python keeper.py LIMIT COMMAND...`; the first line printed is its pid.

Whoever holds the other end of that pipe may close it, or die in any way, SIGKILL included: the command is then told to end, and killed when
it has not ended after LIMIT seconds. So nothing is left behind by a test session that is interrupted. All that the command prints goes to
standard error. A program of its own, without imports from here, as it outlives the process that starts it.
"""

import os
import subprocess
import sys
import threading


def main(limit: float, command: list[str]) -> int:
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sys.stderr)
    print(child.pid, flush=True)
    threading.Thread(target=_end_with_input, args=(child, limit), daemon=True).start()
    return child.wait()


def _end_with_input(child: subprocess.Popen[bytes], limit: float) -> None:
    os.read(0, 1)  # nobody writes: it returns at the end of input
    child.terminate()
    try:
        child.wait(limit)
    except subprocess.TimeoutExpired:
        child.kill()


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), sys.argv[2:]))
