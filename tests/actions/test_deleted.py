"""What was deleted: listed with who and when, brought back, or told why it cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions import agreements, deleted, operators, people
from ltu_desktop.rules.errors import UserError
from tests.actions.office import Office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "a.ltu", "en")
    yield made
    made.close()


def said(office: Office) -> list[str]:
    return [f"{each.what} {each.name}".strip() for each in deleted.deleted(office.ctx)]


def test_what_is_deleted_is_listed_until_it_is_back(office: Office) -> None:
    site = agreements.add_site(office.ctx, code="MO", name="Le Moulin")
    zoe = people.add_person(office.ctx, staff_number="F1", name="Petit", first_names="Zoé")
    assert said(office) == []
    agreements.remove_site(office.ctx, site)
    people.delete_person(office.ctx, zoe)
    assert said(office) == ["deleted F1 PETIT Zoé", "removed the site “Le Moulin”"]
    first, second = deleted.deleted(office.ctx)
    assert (first.operator, first.why_not, second.why_not) == ("A.", None, None)
    deleted.bring_back(office.ctx, second.number)
    assert said(office) == ["deleted F1 PETIT Zoé"]
    deleted.bring_back(office.ctx, first.number)
    assert said(office) == []
    office.store.redo()
    assert said(office) == ["deleted F1 PETIT Zoé"], "what is deleted again is away again"


def test_what_stands_in_the_way_is_told(office: Office) -> None:
    site = agreements.add_site(office.ctx, code="MO", name="Le Moulin")
    agreements.remove_site(office.ctx, site)
    agreements.add_site(office.ctx, code="MO", name="Le Moulin neuf")
    [found] = deleted.deleted(office.ctx)
    assert found.why_not is not None
    assert office.ctx.words.error(found.why_not) == (
        "A later change depends on this one (history entry 3). Undo that one first."
    )
    with pytest.raises(UserError) as error:
        deleted.bring_back(office.ctx, found.number)
    assert error.value == found.why_not


def test_other_changes_are_no_deletions(office: Office) -> None:
    key = operators.add_operator(office.ctx, "B.")
    operators.change_operator(office.ctx, key, quality="x")
    operators.remove_operator(office.ctx, key)
    assert said(office) == ["removed the operator “B.”"]
