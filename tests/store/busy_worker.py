"""The program that `test_faults.py` kills: writes without end, and tells what is saved.

It stays resident and forks a worker for each line on standard input (starting Python takes longer than the test). The
worker first tells its process id, then the number of each entry once it was committed.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from ltu_desktop.store import tables
from ltu_desktop.store.file import Store


class Clock:
    """The same moment for ever."""

    def now(self) -> datetime:
        """Return it."""
        return datetime(2026, 11, 12, tzinfo=UTC)


def work(path: Path, passphrase: str | None) -> None:
    """Import, change, undo and keep contents until somebody kills us."""
    with Store.open(path, clock=Clock(), operator="Anne", passphrase=passphrase) as store:
        with store.read() as connection:
            person = connection.execute(tables.person.select()).first()
        assert person is not None
        while True:
            with store.write("payroll.import") as tx:
                keys = tx.insert_many(
                    tables.absence,
                    ({"person_id": person.id, "month": "2026-10", "kind": "sick", "hours": n} for n in range(40)),
                )
                tx.put_blob(bytes(keys[0]) * 500)
            tell(tx.changed.entry)
            with store.write("payroll.change") as tx:
                tx.update_many(tables.absence, {key: {"hours": 100} for key in keys[:20]})
            tell(tx.changed.entry)
            tell(store.undo().entry)


def tell(number: int | None) -> None:
    """Say which entry is saved, at once."""
    os.write(1, f"{number}\n".encode())


def main() -> None:
    """Fork a worker for each line."""
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            os.write(1, f"{os.getpid()}\n".encode())
            try:
                work(Path(sys.argv[1]), sys.argv[2] or None)
            finally:
                os._exit(1)
        os.waitpid(pid, 0)
        os.write(1, b"dead\n")


if __name__ == "__main__":
    main()
