"""Set LTU Desktop up on a bare machine, then do one job.

    python3 installers/bootstrap.py demo [--out DIR ...]   make a fictional job factory and its claim of last month
    python3 installers/bootstrap.py run [FILE]             open the window
    python3 installers/bootstrap.py test                   run every check and every test
    python3 installers/bootstrap.py setup                  only set up

Works from a fresh checkout with Python 3.11, 3.12 or 3.13 and nothing else, on Linux, Windows and macOS: installs
the missing system packages (Debian and Ubuntu, as root or by sudo), makes the environment .venv in the checkout and
fills it from a lock file with hashes. A second run finds all that done. Exit code 2: the set-up needs a helping hand.
"""

# This file alone must be read by an old Python too (3.6), so that it can be refused in words; the work is in jobs.py.

import shutil
import sys
from pathlib import Path

PYTHONS = ((3, 11), (3, 12), (3, 13))


def refusal(version: "tuple[int, int]", arguments: "list[str]") -> "str | None":
    """Say why this Python cannot be used and which one of this machine can; None when it can."""
    if version in PYTHONS:
        return None
    names = [f"python{major}.{minor}" for major, minor in reversed(PYTHONS)]
    found = [name for name in names if shutil.which(name)]
    start = " ".join(["installers/bootstrap.py", *arguments])
    mend = f"Start again with it: {found[0]} {start}" if found else "Install one of them, then start again with it."
    return f"Python 3.11, 3.12 or 3.13 is needed; this is {version[0]}.{version[1]}. {mend}"


def main(arguments: "list[str]") -> int:
    """Do the command and return the exit code: the job's own, or 2 when the set-up cannot be done."""
    refused = refusal(sys.version_info[:2], arguments)
    if refused:
        sys.stderr.write(f"\n{refused}\n")
        return 2
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from installers import jobs

    return jobs.main(arguments, __doc__)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
