"""Make the populated files of this release: `python tests/old_files/make.py`; done once before each release.

They stay for ever: each later program must open them (tests/store/test_migrating.py). Everybody in them is invented.
"""

from __future__ import annotations

import random
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from ltu_desktop import __version__
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables
from ltu_desktop.store.file import Store
from ltu_desktop.store.ids import seeded
from ltu_desktop.store.journal import Value


class Clock:
    """A clock that goes on by a minute at each look."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 12, 9, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the next minute."""
        self.moment += timedelta(minutes=1)
        return self.moment


def fill(store: Store) -> None:
    """Write at least a row to each table, with all kinds of entries."""
    day, month = date(2025, 1, 6), "2026-10"
    with store.write("employer.change") as tx:
        tx.insert(tables.employer, {"name": "Les Ateliers d’à côté", "contributions_valid_until": date(2027, 1, 31)})
        tx.insert(tables.operator, {"name": "Anne Martin"})
        tx.insert(tables.setting, {"key": "language", "value": '"fr"'})
        site = tx.insert(tables.site, {"code": "M", "name": "Le Moulin"})
        activity = tx.insert(tables.activity, {"code": "REC", "name": "Ressourcerie", "site_id": site})
        agreement = tx.insert(tables.agreement, {"scheme": "fr-tzcld", "number": "2025-59-01", "start_on": day})
        tx.insert(tables.agreement_terms, {"agreement_id": agreement, "start_on": day, "ceiling_fte": 8000})
        tx.insert(
            tables.parameter_override,
            {"agreement_id": agreement, "scheme": "fr-tzcld", "parameter": "department_share", "start_on": day,
             "value": "0.15", "source": "convention"},
        )  # fmt: skip
    people = []
    for number, name in enumerate(["MARTIN", "PETIT", "ŒUVRARD", "N’DIAYE"], 1):
        with store.write("people.add", {"name": name, "hours": Decimal("28.00"), "since": day}) as tx:
            people.append(
                tx.insert(
                    tables.person,
                    {"staff_number": f"F{number:04d}", "name": name, "first_names": "Camille", "status": "ppde",
                     "birth_date": date(1970 + number, 2, 28), "site_id": site},
                )
            )  # fmt: skip
            contract = tx.insert(tables.contract, {"person_id": people[-1], "start_on": day})
            tx.insert(
                tables.contract_terms,
                {"contract_id": contract, "start_on": day, "weekly_hours": 2800, "activity_id": activity},
            )
    with store.write("payroll.import", {"month": Month(2026, 10), "people": len(people)}) as tx:
        blob = tx.put_blob(b"S10.G00.00.001,'invented'\n")
        file = tx.insert(
            tables.payroll_file,
            {"name": "dsn.txt", "sha256": "0" * 64, "month": month, "kind": "dsn", "received_on": date(2026, 11, 5),
             "blob_sha256": blob},
        )  # fmt: skip
        rows: list[dict[str, Value]] = [
            {"person_id": key, "payroll_file_id": file, "month": month, "paid_hours": 12133} for key in people
        ]
        tx.insert_many(tables.pay_month, rows)
        tx.insert(tables.absence, {"person_id": people[0], "month": month, "kind": "sick_unpaid", "hours": 700})
        tx.insert(
            tables.attachment, {"subject": "person", "subject_id": people[0], "name": "a.txt", "blob_sha256": blob}
        )
    for start, hours in ((date(2026, 5, 1), 3000), (date(2026, 9, 1), 3200)):
        with store.write("people.change_hours", {"after": Decimal(hours) / 100}) as tx:
            terms = tx.insert(tables.contract_terms, {"contract_id": contract, "start_on": start})
            tx.update(tables.contract_terms, terms, {"weekly_hours": hours})
    store.undo()
    store.undo()
    store.redo()
    store.note("key.printed", {"sheet": 2})
    with store.write("claims.seal", {"month": Month(2026, 10), "total": Decimal("5894.12")}, final=True) as tx:
        claim = tx.insert(
            tables.claim, {"scheme": "fr-tzcld", "month": month, "number": 1, "state": "sealed", "total": 589412}
        )
        tx.insert(
            tables.sealed, {"claim_id": claim, "at": "2026-11-12T10:00:00+00:00", "sha256": "1" * 64, "dossier": b"{}"}
        )
        for part, amount in (("state", 500000), ("department", 89412)):
            tx.insert(
                tables.claim_line,
                {"claim_id": claim, "person_id": people[0], "month": month, "part": part, "amount": amount},
            )
    with store.write("payments.add") as tx:
        payment = tx.insert(tables.payment, {"received_on": date(2026, 11, 24), "amount": 589412, "payer": "FONDS"})
        tx.insert(tables.payment_match, {"payment_id": payment, "claim_id": claim, "amount": 589412})
        tx.insert(tables.eligibility, {"person_id": people[0], "criterion": "resident", "since": date(2020, 1, 1)})
        tx.insert(tables.health, {"person_id": people[0], "medical_check_due": date(2027, 3, 1)})
    with store.write("claims.export") as tx:
        tx.insert(
            tables.export,
            {"claim_id": claim, "at": "2026-11-12T10:01:00+00:00", "kind": "pdf", "name": "x.pdf", "sha256": "2" * 64},
        )


def main() -> None:
    """Write both files beside this one."""
    for end, passphrase in (("", None), ("-secret", "phrase secrète de test")):
        path = Path(__file__).parent / f"{__version__}{end}.ltu"
        path.unlink(missing_ok=True)
        ids = seeded(random.Random(2026), 1_790_000_000_000)
        with Store.create(path, clock=Clock(), operator="Anne Martin", passphrase=passphrase, ids=ids) as store:
            fill(store)
            with store.read() as connection:
                empty = [str(t.name) for t in tables.EDITED if connection.execute(t.select()).first() is None]
        assert not empty, f"no row in {empty}"
        sys.stdout.write(f"{path} {path.stat().st_size}\n")


if __name__ == "__main__":
    main()
