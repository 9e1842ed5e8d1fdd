"""The report of a year before 2019 at the desk: facts recorded, sections drafted, what is refused."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse

from sunshine.core.publishing.models import Draft
from sunshine.work.facts.models import Fact
from tests import cast
from tests.doors.desk.conftest import WalkIn
from tests.rooms import narrative_story as story

YEAR = reverse("desk:report", args=[2018])
NEW = reverse("desk:report_fact_new", args=[2018])


@pytest.fixture
def march(db: None):
    """Return a bureau in March 2019, with two proposals of 2018 behind it."""
    bureau = cast.make_cast(at=story.IN_MARCH_2018)
    story.proposals_of_2018(bureau)
    with time_machine.travel(story.MARCH_2019, tick=False):
        yield bureau


def typed(**other: object) -> dict[str, object]:
    given = {
        "code": "followers",
        "name": "官方微博累计粉丝",
        "value": "32",
        "unit": "万人",
        "as_of": "2018-12-31",
        "source": "微博平台后台统计",
        "topic": "services",
        "listed": "",
    }
    return {**given, **other}


def sections(bureau: cast.Cast, **other: str) -> dict[str, str]:
    words = story.words()
    names = ("organisation", "explaining", "five_openings", "services", "participation", "regulation")
    told = {name: getattr(words, name) for name in names}
    return {**told, "department": str(bureau.department.pk), **other}


def test_a_fact_is_recorded_corrected_and_struck_each_with_its_reason(
    march: cast.Cast, walk_in: WalkIn
) -> None:
    client = walk_in(march.drafter)
    assert client.post(NEW, typed()).status_code == 302
    page = client.get(YEAR).content.decode()
    assert "[[facts.followers]]" in page
    assert "微博平台后台统计" in page
    one = reverse("desk:report_fact", args=[2018, "followers"])
    seen = client.get(one).context["form"]["seen"].value()
    assert client.post(one, typed(value="33", seen=seen)).context["form"].errors.keys() == {"reason"}
    assert client.post(one, typed(value="33", reason="重新统计", seen=seen)).status_code == 302
    assert Fact.objects.get(is_standing=True).value == "33"
    seen = client.get(f"{one}strike/").context["form"]["seen"].value()
    assert client.post(f"{one}strike/", {"reason": "重复", "seen": seen}).status_code == 302
    assert client.get(one).status_code == 404
    assert "[[facts.followers]]" not in client.get(YEAR).content.decode()


def test_who_corrects_or_strikes_what_somebody_corrected_meanwhile_is_told(
    march: cast.Cast, walk_in: WalkIn
) -> None:
    slow, quick = walk_in(march.drafter), walk_in(march.clerk)
    slow.post(NEW, typed())
    one = reverse("desk:report_fact", args=[2018, "followers"])
    seen = slow.get(one).context["form"]["seen"].value()
    assert f'name="seen" value="{seen}"' in slow.get(f"{one}strike/").content.decode()
    assert quick.post(one, typed(value="33", reason="重新统计", seen=seen)).status_code == 302
    late = slow.post(one, typed(value="34", reason="再次统计", seen=seen))
    assert late.status_code == 409
    assert "再次统计" in late.content.decode()
    assert slow.post(f"{one}strike/", {"reason": "重复", "seen": seen}).status_code == 409
    assert Fact.objects.get(is_standing=True).value == "33"
    newest = Fact.objects.get(is_standing=True).pk
    assert quick.post(f"{one}strike/", {"reason": "重复", "seen": newest}).status_code == 302
    assert slow.post(one, typed(value="34", reason="再次统计", seen=newest)).status_code == 409


def test_what_a_fact_lacks_is_said_at_its_field(march: cast.Cast, walk_in: WalkIn) -> None:
    client = walk_in(march.clerk)
    refused = client.post(NEW, typed(value="三十二", listed="一\n二"))
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["value", "listed"]
    assert not Fact.objects.exists()


def test_who_neither_drafts_nor_works_in_the_office_records_nothing(
    march: cast.Cast, walk_in: WalkIn
) -> None:
    client = walk_in(march.leader)
    assert "Record a fact" not in client.get(YEAR).content.decode()
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, typed()).status_code == 403


def test_the_sections_come_drafted_and_lead_to_a_document(march: cast.Cast, walk_in: WalkIn) -> None:
    client = walk_in(march.drafter)
    client.post(NEW, typed())
    form = client.get(YEAR).context["form"]
    assert "[[proposals.lead]]" in form["explaining"].value()
    assert "[[facts.followers]]" in form["services"].value()
    assert client.post(YEAR, sections(march)).status_code == 302
    body = Draft.objects.get(kind="annual_report").fields["body"]
    assert '<a href="/report/2018/proposals.joint/"' in body
    assert client.get(YEAR).context["form"]["participation"].value() == "完善公众参与渠道。"


def test_a_number_typed_by_hand_and_a_reference_to_nothing_are_refused(
    march: cast.Cast, walk_in: WalkIn
) -> None:
    client = walk_in(march.drafter)
    unknown = client.post(YEAR, sections(march))
    assert unknown.status_code == 422
    assert "facts.followers" in str(unknown.context["form"].errors["services"])
    client.post(NEW, typed())
    by_hand = client.post(YEAR, sections(march, organisation="全年召开会议12次。"))
    assert "12" in str(by_hand.context["form"].errors["__all__"])
    assert not Draft.objects.filter(kind="annual_report").exists()


def test_each_figure_that_can_be_named_opens_its_cases(march: cast.Cast, walk_in: WalkIn) -> None:
    client = walk_in(march.drafter)
    for each in client.get(YEAR).context["quotable"]:
        opened = client.get(each.url)
        assert opened.status_code == 200, each.place
        assert each.value == len(opened.context["lines"]) or opened.context["figure"].measure
