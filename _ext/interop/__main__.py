"""The command line: ``python -m interop COMMAND``; ``--help`` lists the commands.

Exit status 0: success, 1: errors in files, 2: wrong use.
"""

from __future__ import annotations

import os
import signal
import sys

from .commands.parser import parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return the exit status."""
    options = parser().parse_args(arguments)
    return int(options.run(options))


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # For terminals that support only ASCII.
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:  # The reader closed the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except KeyboardInterrupt:
        print("interop: interrupted", file=sys.stderr)
        status = 128 + signal.SIGINT
    sys.exit(status)
