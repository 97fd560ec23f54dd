"""What people see and touch. The only room, with `app`, that imports PySide6."""

from __future__ import annotations

import ctypes
import sys

if sys.version_info < (3, 12):
    # PySide6 6.12 is compiled for an interpreter in which None, True, False and NotImplemented are immortal, and gives
    # them away without counting. In Python 3.11 they are counted: after some thousand paints the count reaches zero and
    # the interpreter stops. So they are given a count that is never used up. Proven by tests/window/test_singletons.py.
    for _single in (None, True, False, NotImplemented):
        ctypes.c_ssize_t.from_address(id(_single)).value += sys.maxsize >> 2
