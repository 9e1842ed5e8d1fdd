"""Every page of the desk opens for whom it is for, says why not to others, and stays out of caches."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.doors.desk.conftest import WalkIn

OPEN_TO_ALL = ("worklist", "directory", "people", "delegate")


@pytest.mark.parametrize("name", OPEN_TO_ALL)
def test_pages_for_all_staff_open_for_a_drafter(bureau: cast.Cast, walk_in: WalkIn, name: str) -> None:
    answer = walk_in(bureau.drafter).get(reverse(f"desk:{name}"))
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "holder"),
    [
        ("new", "drafter"),
        ("directory_new", "keeper"),
        ("log", "clerk"),
        ("upkeep", "administrator"),
        ("new_person", "administrator"),
        ("new_post", "administrator"),
        ("new_department", "administrator"),
    ],
)
def test_a_page_for_a_role_opens_for_its_holder_and_tells_others_who_may(
    bureau: cast.Cast, walk_in: WalkIn, name: str, holder: str
) -> None:
    assert walk_in(getattr(bureau, holder)).get(reverse(f"desk:{name}")).status_code == 200
    refused = walk_in(bureau.proofreader).get(reverse(f"desk:{name}"))
    assert refused.status_code == 403
    assert "Who may:" in refused.content.decode()


def test_nobody_reads_anything_without_signing_in(bureau: cast.Cast) -> None:
    document = cast.make_document(bureau)
    for address in (reverse("desk:worklist"), reverse("desk:matter", args=[document.matter.reference])):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("account_login"))


def test_the_sign_in_page_stays_out_of_caches(db: None) -> None:
    answer = Client().get(reverse("account_login"))
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("upto", cast.STAGES)
def test_the_matter_page_opens_at_every_stage(bureau: cast.Cast, walk_in: WalkIn, upto: str) -> None:
    document = cast.make_document(bureau, upto=upto)
    answer = walk_in(bureau.drafter).get(reverse("desk:matter", args=[document.matter.reference]))
    assert answer.status_code == 200
    assert document.matter.title in answer.content.decode()
