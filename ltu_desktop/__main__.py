"""The door of the program: with arguments the command line, without (or with a file to open) the window."""

from __future__ import annotations

import sys


def main() -> int:
    """Run what the arguments ask for and return the exit code."""
    arguments = sys.argv[1:]
    if arguments and not (len(arguments) == 1 and arguments[0].lower().endswith(".ltu")):
        from ltu_desktop import cli

        return cli.main(arguments)
    try:
        from ltu_desktop import app
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"PySide6", "qtawesome", "shiboken6"}:
            raise
        from ltu_desktop import cli

        return cli.no_window()
    return app.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
