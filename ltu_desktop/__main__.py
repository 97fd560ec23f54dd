"""The door of the program: with arguments the command line, without (or with a file to open) the window."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> int:
    """Run what the arguments ask for and return the exit code."""
    arguments = sys.argv[1:]
    for name in ("stdout", "stderr"):  # a Windows program without a console has neither
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  as long as the program
    if arguments[:1] == ["--self-test"]:
        from ltu_desktop import self_test

        return self_test.main(arguments[1:])
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
