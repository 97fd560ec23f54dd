"""Reports of made-up people to be written: short and long, narrow and wide, with names that are hard to set."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

from ltu_desktop.documents.list_reports import Issue, hours, register
from ltu_desktop.documents.report import Report
from ltu_desktop.documents.reports import render
from ltu_desktop.documents.statement_figures import Grant, Mark, Statement, StatementMonth
from ltu_desktop.documents.statement_report import statement
from ltu_desktop.queries.claims import ClaimRow
from ltu_desktop.queries.reports import Contract, Matched, Member, PaidHours, Staff, Terms
from ltu_desktop.rules.answer import Settlement, Used
from ltu_desktop.rules.dossier import AgreementCard, EmployerCard
from ltu_desktop.rules.periods import Month
from ltu_desktop.words import Words
from tests.documents.pdf_reader import Paper

AT = datetime(2027, 1, 22, 9, 30, tzinfo=UTC)
ISSUE = Issue("La Fabrique du Canal", "SIRET 123\u00a0456\u00a0782\u00a000010", "fabrique.ltu", date(2027, 1, 22))
NAMES = ("DELANNOY Zoé", "D’HONDT-VANDERMEERSCH Marie-Ange", "ŒUVRARD Inès", "KOWALCZYK Éric", "AMARASINGHE")
JOBS = ("Agent de recyclerie", "Encadrante technique", "Maraîchage", "Accueil", "Couture, retouche, repassage")
NIR = "185059000014285"


def staff(count: int) -> Staff:
    return Staff(
        tuple(
            Member(
                index.to_bytes(16),
                f"F{index:04d}",
                NAMES[index % 5],
                f"{index:04d}",
                ("ppde", "other", None)[index % 3],
                f"0{1 + index % 2}",
                date(1960 + index % 40, 1 + index % 12, 28),
                ("Le Moulin", "La Halle")[index % 2],
                (
                    Contract(
                        date(2019, 1 + index % 12, 1 + index % 28),
                        date(2026, 9, 30) if index % 11 == 0 else None,
                        "01",
                        (Terms(date(2019, 1, 1), Decimal("35.00") - index % 16, f"{JOBS[index % 5]} {NIR}", ""),),
                    ),
                ),
            )
            for index in range(1, count + 1)
        )
    )


def people(count: int, most: str = "151.67") -> list[PaidHours]:
    return [
        PaidHours(
            f"F{index:04d}",
            NAMES[index % 5],
            f"{index:04d}",
            "ppde",
            {month: (Decimal(most), Decimal("7.00") if index % 3 == 0 else Decimal("0.00")) for month in range(1, 13)},
        )
        for index in range(1, count + 1)
    ]


def year(parts: tuple[str, ...] = ("state", "department"), payments: int = 3) -> Statement:
    """A year whose figures are as long as those of 150 people, with one month of each kind."""
    months = []
    due = {part: Decimal("262438.55") + index for index, part in enumerate(parts)}
    for number in range(1, 13):
        paid = {part: amount - (number == 3) * Decimal("1468.99") for part, amount in due.items()}
        marks = {
            3: (Mark("corrects", (Month(2026, 1), Month(2026, 2))), Mark("left_to_pay")),
            4: (Mark("too_much"),),
            5: (Mark("corrective"), Mark("corrected_in", (Month(2026, 9),))),
            6: (Mark("nothing_paid"),),
            12: (Mark("not_claimed"),),
        }.get(number, ())
        claimed = number < 12
        months.append(
            StatementMonth(
                Month(2026, number),
                Decimal("12.02") if claimed else None,
                Decimal("22104.75") if claimed else None,
                Decimal("145.7425") if claimed else None,
                dict(due) if claimed else None,
                paid if claimed else dict.fromkeys(parts, Decimal("1.00")),
                marks,
            )
        )
    whole = {part: amount * 11 - 10 for part, amount in due.items()}
    paid = {part: sum((each.paid[part] for each in months), Decimal(0)) for part in parts}
    gap = {part: whole[part] - paid[part] for part in parts}
    claims = tuple(
        ClaimRow(
            number.to_bytes(16),
            "fr-tzcld",
            Month(2026, number),
            1,
            ("sealed", "sent", "returned", "paid")[number % 4],
            "",
            None,
            Decimal("22104.75"),
            Decimal("524878.10"),
            f"{number:02x}" * 32,
            datetime(2026, 12, number, tzinfo=UTC),
            1,
        )
        for number in range(1, 12)
    )
    day = date(2026, 1, 1)
    used = (
        Used("state_rate", Decimal("0.95"), "ratio", day, "", provisional=True),
        Used("department_share", Decimal("0.15"), "ratio", day, ""),
        Used("smic_hourly", Decimal("12.02"), "EUR/h", day, ""),
        Used("smic_hourly", Decimal("12.31"), "EUR/h", date(2026, 6, 1), ""),
    )
    return Statement(
        year=2026,
        parts=parts,
        months=tuple(months),
        hours=Decimal("243152.25"),
        fte=Decimal("145.7425"),
        main_fte=Decimal("120.0000"),
        other_fte=Decimal("25.7425"),
        limit=Decimal("0.10"),
        taken_off=dict.fromkeys(parts, Decimal("10.00")),
        settlement=Settlement(whole, paid, gap),
        parameters=used,
        reference="smic_hourly",
        agreement=AgreementCard("2021-059-14", fund="Fonds ETCLD", amendment="6", ceiling_fte=Decimal(150)),
        employer=EmployerCard("La Fabrique du Canal", "12345678200010", signatory="Hélène Vasseur"),
        grant=Grant(
            Decimal("98.1234"), Decimal("120.9999"), Decimal("22.8765"), Decimal(6361), Decimal("145517.42"), True
        ),
        claims=claims,
        own={claim.id.hex(): claim.total for claim in claims},
        payments=tuple(
            Matched(claims[index % 11].id, date(2026, 1 + index % 12, 3), "Fonds ETCLD", Decimal(9), Decimal(9))
            for index in range(payments)
        ),
        paid_unmatched=2,
        loose=(1, Decimal("12.34")),
        partly=True,
        unknown_hours=1,
        missing=(Month(2026, 12),),
        year_over=True,
    )


@cache
def report(kind: str, language: str = "fr") -> Report:
    words = Words(language)
    day = date(2026, 10, 31)
    return {
        "register": lambda: register(staff(150).during(day, day), day, day, ISSUE, words),
        "hours": lambda: hours(2026, people(150), ISSUE, words),
        "many hours": lambda: hours(2026, people(2000), ISSUE, words),
        "nobody": lambda: register([], day, day, ISSUE, words),
        "statement": lambda: statement(year(), ISSUE, words),
        "three parts": lambda: statement(year(("state", "department", "second_department")), ISSUE, words),
        "long statement": lambda: statement(year(payments=90), ISSUE, words),
        "bare statement": lambda: statement(
            replace(year(("state",)), limit=None, grant=None, employer=None, claims=(), own={}, payments=()),
            ISSUE,
            words,
        ),
    }[kind]()


@cache
def paper(kind: str, language: str = "fr") -> Paper:
    return Paper(render(report(kind, language), "pdf", Words(language), at=AT))


ALL = ("register", "hours", "nobody", "statement", "three parts", "long statement", "bare statement")
