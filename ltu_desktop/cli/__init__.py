"""The command line: the headless twin of the window. `main` reads the arguments and returns the exit code.

Results go to standard output, progress and problems to standard error. Exit code 0; 2 when something in the user's
world stands in the way, said in one sentence; 1 for a bug of ours, with a short report that holds no personal data.
"""

from ltu_desktop.cli.door import main, no_window

__all__ = ["main", "no_window"]
