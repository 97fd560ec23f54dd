"""Renew the lock files: every library with its version and hashes, for Linux, Windows, macOS and Python 3.11 to 3.13.

    python3 installers/lock.py              after a change of the dependencies in pyproject.toml
    python3 installers/lock.py --upgrade    take the newest versions that pyproject.toml allows

Works in a temporary environment with `uv`, the one resolver that writes a lock for all platforms at once.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = Path("installers") / "locks"


def main(arguments: list[str]) -> int:
    """Write `runtime.txt`, then `dev.txt` with the same versions and the tools besides."""
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run([sys.executable, "-m", "venv", scratch], check=True)
        python = Path(scratch) / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", "uv"], check=True)
        compile_lock = [
            str(python), "-m", "uv", "pip", "compile", "pyproject.toml", "--universal", "--generate-hashes", "--quiet",
            "--no-emit-index-url", "--no-annotate", "--only-binary", ":all:",
            "--custom-compile-command", "python3 installers/lock.py",
            *arguments,
        ]  # fmt: skip
        runtime = str(LOCKS / "runtime.txt")
        subprocess.run([*compile_lock, "--output-file", runtime], check=True, cwd=ROOT)
        dev = [*compile_lock, "--extra", "dev", "--constraint", runtime, "--output-file", str(LOCKS / "dev.txt")]
        subprocess.run(dev, check=True, cwd=ROOT)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
