"""Compile every module below a folder: `python compile_all.py FOLDER`. Run by the very Python that will run them.

The compiled files hold the hash of their source instead of its date, and no path of this machine.
"""

import compileall
import sys
from py_compile import PycInvalidationMode

if __name__ == "__main__":
    folder = sys.argv[1]
    good = compileall.compile_dir(
        folder, maxlevels=30, quiet=1, force=True, stripdir=folder, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH
    )
    sys.exit(0 if good else 1)
