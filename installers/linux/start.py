"""Start LTU Desktop with the libraries that lie beside this file."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent / "lib")]

from ltu_desktop.__main__ import main  # noqa: E402  the path comes first

sys.exit(main())
