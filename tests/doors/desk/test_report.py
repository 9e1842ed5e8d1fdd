"""The yearly report at the desk: figures and their lists, what is refused, and drafting it."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunshine.core.matters.models import Matter
from sunshine.core.publishing.models import Attachment, Draft
from sunshine.lenses.reporting.rules import forms
from tests import cast
from tests.doors.desk.conftest import WalkIn
from tests.rooms import reporting_story as story

YEAR = reverse("desk:report", args=[2026])


@pytest.fixture
def january(bureau: cast.Cast):
    """Return the bureau in January 2027, with two years of requests behind it."""
    story.two_years(bureau)
    with time_machine.travel(story.JANUARY_2027, tick=False):
        yield bureau


def given(bureau: cast.Cast, **other: str) -> dict[str, str]:
    words = {"problems": "检索还不够方便。", "improvements": "完善检索。"}
    return {**story.stated(), **words, "department": str(bureau.department.pk), **other}


def test_the_list_of_years_says_what_is_due_and_by_when(january: cast.Cast, walk_in: WalkIn) -> None:
    page = walk_in(january.drafter).get(reverse("desk:reports")).content.decode()
    assert "2027-01-31" in page
    assert "overdue" in page  # that of 2025
    with time_machine.travel(story.JANUARY_2027.replace(day=20), tick=False):
        assert "due soon" in walk_in(january.drafter).get(reverse("desk:reports")).content.decode()


def test_no_more_is_asked_for_many_years_than_for_few(january: cast.Cast, walk_in: WalkIn) -> None:
    client, address = walk_in(january.drafter), reverse("desk:reports")
    story.published(january)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    with time_machine.travel(story.JANUARY_2027.replace(year=2037), tick=False):
        client = walk_in(january.drafter)
        client.get(address)
        with CaptureQueriesContext(connection) as many:
            page = client.get(address).content.decode()
    assert "2037-01-31" in page
    assert len(many) == len(few)


def test_each_figure_of_the_desk_opens_its_cases(january: cast.Cast, walk_in: WalkIn) -> None:
    client = walk_in(january.drafter)
    page = client.get(YEAR).content.decode()
    links = dict(re.findall(r'<a href="(/desk/report/2026/[a-z0-9_.]+/)">(\d+)</a>', page))
    assert links["/desk/report/2026/requests.new.total/"] == "3"
    for url, said in links.items():
        assert len(client.get(url).context["lines"]) == int(said)


def test_drafting_leads_to_a_document_with_its_files(january: cast.Cast, walk_in: WalkIn) -> None:
    client = walk_in(january.drafter)
    answer = client.post(YEAR, given(january))
    matter = Matter.objects.get(drafts__kind="annual_report")
    assert answer.headers["Location"] == reverse("desk:matter", args=[matter.reference])
    assert Attachment.objects.filter(draft__matter=matter).count() == 3
    seen = seen_on(client.get(YEAR).content.decode())
    again = client.post(YEAR, given(january, problems="公开不够及时。", seen=seen))
    assert again.status_code == 302
    assert Draft.objects.filter(kind="annual_report").count() == 1
    assert "公开不够及时。" in Draft.objects.get(kind="annual_report").fields["body"]
    assert Attachment.objects.filter(draft__matter=matter).count() == 3
    assert "公开不够及时。" in client.get(YEAR).content.decode()


def test_who_drafts_from_what_another_drafted_anew_loses_nothing_and_overwrites_nothing(
    january: cast.Cast, walk_in: WalkIn
) -> None:
    client = walk_in(january.drafter)
    seen = seen_on(client.get(YEAR).content.decode())
    assert seen == "0"
    assert client.post(YEAR, given(january, problems="一人所写。", seen=seen)).status_code == 302
    answer = client.post(YEAR, given(january, problems="另一人所写。", seen=seen))
    assert answer.status_code == 409
    assert "另一人所写。" in answer.content.decode()
    draft = Draft.objects.get(kind="annual_report")
    assert "一人所写。" in draft.fields["body"]
    assert "另一人所写。" not in draft.fields["body"]


def seen_on(page: str) -> str:
    """Return the revision that the form says it begins from."""
    (seen,) = re.findall(r'name="seen" value="(\d+)"', page)
    return str(seen)


def test_an_empty_cell_and_a_typed_number_are_said_at_their_fields(
    january: cast.Cast, walk_in: WalkIn
) -> None:
    client = walk_in(january.drafter)
    empty = client.post(YEAR, given(january, **{"stated.permits.decisions": ""}))
    assert empty.status_code == 422
    assert list(empty.context["form"].errors) == ["stated.permits.decisions"]
    typed = client.post(YEAR, given(january, problems="有3项未及时公开。"))
    assert "3" in str(typed.context["form"].errors["__all__"])
    assert not Draft.objects.filter(kind="annual_report").exists()


def test_who_does_not_draft_sees_the_figures_and_no_form(january: cast.Cast, walk_in: WalkIn) -> None:
    client = walk_in(january.leader)
    page = client.get(YEAR)
    assert forms.ROW_NEW in page.content.decode()
    assert "Draft the report" not in page.content.decode()
    assert client.post(YEAR, given(january)).status_code == 403
