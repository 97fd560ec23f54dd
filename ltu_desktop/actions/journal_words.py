"""Journal entries as sentences: who did what when. The history, the undo button and the command line say the same."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.actions.attendance_words import SUBJECTS
from ltu_desktop.actions.attendance_words import shown as ground
from ltu_desktop.actions.eligibility import NAMES as POINTS
from ltu_desktop.actions.fields import field_name, field_value
from ltu_desktop.actions.operators import ROLE_NAMES
from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.periods import Month
from ltu_desktop.words.codes import PARAMETERS

if TYPE_CHECKING:
    from datetime import date, datetime

    from ltu_desktop.store.journal import Entry
    from ltu_desktop.words import Words

PHRASES: dict[str, str] = {
    "imports.people": N_("imported the staff list “{file}”: {counts}"),
    "imports.dsn": N_("imported the payroll of {of_month}, “{file}”: {counts}"),
    "imports.hours": N_("imported the hours of {of_month}, “{file}”: {counts}"),
    "imports.bank": N_("imported the bank’s file “{file}”: {counts}"),
    "people.add": N_("added {person}"),
    "people.hire": N_("added {person}, {hours} a week from {start}"),
    "people.change": N_("changed {person}: {change}"),
    "people.set_status": N_("changed {person}: {change}"),
    "people.delete": N_("deleted {person}"),
    "people.add_contract": N_("added a contract of {hours} a week to {person} from {start}"),
    "people.change_contract": N_("changed the contract of {person}: {change}"),
    "people.change_terms": N_("amended the contract of {person} from {start}: {change}"),
    "people.move_terms": N_("moved the amendment of {person} from {before} to {after}"),
    "people.remove_terms": N_("removed the amendment of {person} from {start}"),
    "people.end_contract": N_("ended the contract of {person} on {end}"),
    "people.reopen_contract": N_("took back the end of the contract of {person}"),
    "people.change_many": N_("changed {those}: {field} “{after}”"),
    "people.merge": N_("merged {other} into {person}"),
    "filters.keep": N_("saved the filter “{name}”"),
    "filters.forget": N_("deleted the filter “{name}”"),
    "eligibility.set": N_("noted the eligibility of {person}: {criterion}"),
    "eligibility.set_many": N_("noted the eligibility of {those}"),
    "health.set": N_("changed the health dates of {person}"),
    "attachments.attach": N_("attached “{name}” ({place})"),
    "attachments.change": N_("changed the attached document “{name}” ({place})"),
    "attachments.remove": N_("took off the attached document “{name}” ({place})"),
    "operators.add": N_("added the operator “{name}” ({role})"),
    "operators.change": N_("changed the operator “{name}” ({role})"),
    "operators.remove": N_("removed the operator “{name}”"),
    "agreements.set_employer": N_("changed the employer’s data"),
    "agreements.add_site": N_("added the site “{name}”"),
    "agreements.change_site": N_("changed the site “{name}”"),
    "agreements.remove_site": N_("removed the site “{name}”"),
    "activities.add": N_("added the activity “{name}”"),
    "activities.add_models": N_("added {count} activities of the list"),
    "activities.change": N_("changed the activity “{name}”"),
    "activities.remove": N_("removed the activity “{name}”"),
    "activities.set_turnover": N_("entered the turnover of “{name}” for {of_month}: {amount}"),
    "activities.add_need": N_("noted the need “{name}”"),
    "activities.change_need": N_("changed the need “{name}”"),
    "activities.remove_need": N_("removed the need “{name}”"),
    "skills.add": N_("added the skill “{name}”"),
    "skills.rename": N_("renamed a skill “{name}”"),
    "skills.remove": N_("removed the skill “{name}”"),
    "skills.set_person": N_("noted the skill “{name}” of {person}"),
    "skills.set_activity": N_("said what an activity asks: “{name}”"),
    "skills.set_wish": N_("noted a wish of {person}"),
    "skills.set_limits": N_("noted what {person} does not do"),
    "skills.set_availability": N_("noted when {person} can work"),
    "planning.import": N_("imported the plan “{file}”: {shifts}"),
    "planning.add": N_("planned {shifts} for {whom}, {when}"),
    "planning.change": N_("changed the plan of {whom}, {when}"),
    "planning.copy": N_("copied {shifts}, {whom}, {when}"),
    "planning.delete": N_("took {shifts} off the plan, {whom}, {when}"),
    "planning.substitute": N_("gave the shift of {other} on {first} to {person}"),
    "planning.copy_week": N_("copied the week of {first} into that of {last}: {shifts}"),
    "planning.save_template": N_("saved the week of {first} as “{name}”: {shifts}"),
    "planning.rename_template": N_("renamed a saved week “{name}”"),
    "planning.remove_template": N_("deleted the saved week “{name}”"),
    "planning.apply_template": N_("applied the saved week “{name}” to the weeks of {first} to {last}: {shifts}"),
    "planning.set_need": N_("said how many “{name}” needs: {count}"),
    "planning.remove_need": N_("took off a cover need of “{name}”"),
    "planning.set_pattern": N_("changed the work pattern “{name}”"),
    "planning.remove_pattern": N_("removed the work pattern “{name}”"),
    "planning.set_terms_pattern": N_("assigned the work pattern “{name}” to {person}"),
    "planning.set_closure": N_("noted closed days, “{name}”, {first} to {last}"),
    "planning.remove_closure": N_("took off the closed days “{name}”"),
    "planning.set_calendar": N_("chose the public holidays of “{name}”: {calendar}"),
    "demo.month": N_("entered the plan and the attendance of {of_month}"),
    "demo.ahead": N_("planned the weeks ahead"),
    "support.add": N_("added a support note of {day} for {person}"),
    "support.change": N_("changed a support note of {person}"),
    "support.remove": N_("removed a support note of {person}"),
    "agreements.set_agreement": N_("changed the agreement {number}"),
    "agreements.set_terms": N_("changed the terms of the agreement {number} from {start}"),
    "agreements.add_override": N_("set “{parameter}” to {value} from {start}, source: {source}"),
    "agreements.remove_override": N_("removed the value of “{parameter}” from {start}"),
    "logo.set": N_("chose another logo"),
    "logo.remove": N_("took the logo off"),
    "store.change_passphrase": N_("changed the passphrase"),
    "store.print_recovery": N_("printed recovery sheet no. {sheet}"),
    "store.restore": N_("restored the backup “{backup}”"),
    "paper.set_contact": N_("set who to call on slips and wall plans"),
    "paper.set_language": N_("chose the language of the documents: {language}"),
    "claims.seal": N_("sealed the claim for {of_month}: {people} people, {total}"),
    "claims.correct": N_("sealed corrective version {version} of the claim for {of_month}: {total}, “{reason}”"),
    "claims.send": N_("noted that version {version} of the claim for {of_month} was sent"),
    "claims.return": N_("noted that version {version} of the claim for {of_month} was returned: “{reason}”"),
    "claims.pay": N_("noted that version {version} of the claim for {of_month} was paid"),
    "claims.export": N_("exported version {version} of the claim for {of_month} as “{name}”"),
    "statements.seal": N_("sealed version {version} of the statement of {year}, fingerprint {print}"),
    "payments.add": N_("entered the payment of {amount} received on {day}"),
    "payments.change": N_("changed the payment of {amount} received on {day}: {change}"),
    "payments.remove": N_("removed the payment of {amount} received on {day}"),
    "payments.match": N_("matched the payment of {amount} received on {day}: {claims}"),
    "payments.match_several": N_("matched {count} payments: {claims}"),
    "attendance.record": N_("entered {cells} of attendance, {whom}, {when}"),
    "attendance.paste": N_("pasted {cells} of attendance, {whom}, {when}"),
    "attendance.import": N_("imported the attendance “{file}”: {cells}"),
    "attendance.as_planned": N_("noted {cells} as planned for {those}, {first} to {last}"),
    "attendance.set_sheets": N_("noted the month sheets of {of_month}: {those}"),
    "attendance.attach_sheet": N_("attached the sheet of {person} for {of_month}, “{name}”"),
    "absences.record": N_("entered an absence of {person}, {first} to {last}"),
    "absences.remove": N_("took off the absences of {person}, {first} to {last}"),
    "closing.close": N_("closed the attendance of {of_month}: {those}"),
    "closing.reopen": N_("reopened the attendance of {of_month}: “{reason}”"),
    "concordance.accept": N_("accepted why the hours of {person} differ in {in_month}"),
    "concordance.take_back": N_("took back why the hours of {person} differ in {in_month}"),
    "concordance.set_tolerance": N_("set the tolerance of the three-way match from {before} to {after} hours"),
    "variables.set_layout": N_("changed the layout of the variables for payroll: {columns} columns"),
    "variables.send": N_("sent the variables of {of_month} to payroll: {those}"),
    "payments.unmatch": N_("took the match of the payment of {amount} received on {day} back: {claims}"),
}
"""What each action did, by its code; `{of_month}` is the month after "of"."""

PASSPHRASE = {"set": N_("protected the file by a passphrase"), "removed": N_("took the passphrase off")}
"""What was done with the passphrase, where it was not only changed."""

LANGUAGE_NAMES = {"fr": N_("French"), "en": N_("English")}
"""Languages of the documents, in words."""


def moment(words: Words, at: datetime, today: date | None = None) -> str:
    """Say when: `12 Nov 14:03`, with the year when it is not that of `today`."""
    from babel.dates import format_date

    pattern = "d MMM" if today is None or at.year == today.year else "d MMM y"
    locale = "fr_FR" if words.language == "fr" else "en_GB"
    return f"{format_date(at.date(), pattern, locale=locale)} {at:%H:%M}"


def sentence(words: Words, entry: Entry, today: date | None = None) -> str:
    """Say an entry as a sentence: when, who, what. Without `today`, or in its year, the year is left out."""
    return f"{moment(words, entry.at, today)}, {entry.operator} {done(words, entry)}"


def done(words: Words, entry: Entry) -> str:
    """Say what an entry did, without when and who."""
    said = phrase(words, entry)
    if entry.kind == "undo":
        return words.text("undid: {what}", what=said)
    if entry.kind == "redo":
        return words.text("did again: {what}", what=said)
    return said


def phrase(words: Words, entry: Entry) -> str:
    """Say an entry's action: for the undo and redo buttons and their hints."""
    action = entry.action
    params = entry.params
    if action == "people.end_contract" and params.get("end") is None:
        action = "people.reopen_contract"
    if action == "store.change_passphrase":
        return words.text(PASSPHRASE.get(str(params.get("what")), PHRASES[action]))
    if action == "people.hire" and "start" not in params:
        action = "people.add"
    shown: dict[str, str] = {name: words.value(value) if value is not None else "—" for name, value in params.items()}
    shown |= _months(words, entry)
    if action.startswith("imports."):
        shown["counts"] = _counts(words, entry)
    if action in {
        *("people.change", "people.change_contract", "people.change_terms", "people.set_status", "payments.change"),
    }:
        shown["change"] = _change(words, entry)
    if action.startswith(SUBJECTS):
        shown |= ground(words, entry)
    if action.startswith("payments."):
        shown["claims"] = _claims(words, entry)
    for name, say in (
        ("total", words.money),
        ("amount", words.money),
        ("hours", lambda value: field_value(words, "weekly_hours", value)),
    ):
        if isinstance(value := params.get(name), Decimal):
            shown[name] = say(value)
    if action.startswith("agreements."):
        shown |= _parameter(words, entry)
    for name, known in (("role", ROLE_NAMES), ("criterion", POINTS), ("language", LANGUAGE_NAMES)):
        if (code := params.get(name)) in known:
            shown[name] = _lower(words.text(known[str(code)]))
    if action.startswith("planning."):
        shown |= _shifts(words, entry)
    if isinstance(count := params.get("count"), int):
        shown["those"] = words.plural("{count} person", "{count} people", count)
    if action == "people.change_many":
        field = str(params.get("field"))
        shown |= {"field": _lower(field_name(words, field)), "after": field_value(words, field, params.get("after"))}
    return words.text(PHRASES[action]).format(**shown)


def _shifts(words: Words, entry: Entry) -> dict[str, str]:
    """Say how many shifts, whose, and when."""
    params = entry.params
    count, first, last = params.get("count"), params.get("first"), params.get("last")
    days = [words.value(day) for day in dict.fromkeys((first, last)) if day is not None]
    person = params.get("person")
    return {
        "shifts": words.plural("{count} shift", "{count} shifts", count) if isinstance(count, int) else "—",
        "whom": str(person) if person else words.text("several people"),
        "when": " – ".join(days) or "—",
    }


def _months(words: Words, entry: Entry) -> dict[str, str]:
    month = entry.params.get("month")
    return {"of_month": words.of_month(month)} if isinstance(month, Month) else {"of_month": "—"}


def _parameter(words: Words, entry: Entry) -> dict[str, str]:
    code, value = entry.params.get("parameter"), entry.params.get("value")
    shown = {}
    if isinstance(code, str):
        shown["parameter"] = words.text(PARAMETERS[code]) if code in PARAMETERS else code
        if isinstance(value, Decimal):
            ratio = code.endswith(("rate", "share", "limit"))
            shown["value"] = words.percent(value) if ratio else words.value(value)
    return shown


def _claims(words: Words, entry: Entry) -> str:
    """Say the claims that a payment settles: month, version unless the first, euros."""
    said = []
    for each in str(entry.params.get("claims") or "").split():
        name, _, amount = each.partition("=")
        month, _, version = name.partition("/")
        claim = words.month(Month.parse(month))
        if version != "1":
            claim = words.text("{month} (version {version})", month=claim, version=version)
        said.append(f"{claim}, {words.money(Decimal(amount))}")
    return " · ".join(said) or "—"


def _counts(words: Words, entry: Entry) -> str:
    """Say how many people an import made, changed, left and refused."""
    said = []
    for name, one, many in (
        ("new", N_("{count} new"), N_("{count} new")),
        ("changed", N_("{count} changed"), N_("{count} changed")),
        ("unchanged", N_("{count} unchanged"), N_("{count} unchanged")),
        ("refused", N_("{count} refused"), N_("{count} refused")),
        ("left", N_("{count} left out"), N_("{count} left out")),
    ):
        count = entry.params.get(name)
        if isinstance(count, int) and count:
            said.append(words.plural(one, many, count))
    return ", ".join(said) or "—"


def _change(words: Words, entry: Entry) -> str:
    """Say one changed field with its values, or which fields changed."""
    params = entry.params
    field = "status" if entry.action == "people.set_status" else params.get("field")
    if isinstance(field, str):
        before = field_value(words, field, params.get("before"))
        after = field_value(words, field, params.get("after"))
        return words.text(
            "{field} from {before} to {after}", field=_lower(field_name(words, field)), before=before, after=after
        )
    fields = str(params.get("fields") or "")
    return ", ".join(_lower(field_name(words, each)) for each in fields.split(",") if each) or "—"


def _lower(name: str) -> str:
    """Put a name inside a sentence: a small first letter, unless it is an abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
