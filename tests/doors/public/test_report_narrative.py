"""The public pages behind the numbers of a narrative report: proposals with entries, facts with sources."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from sunshine.core.publishing.models import Record
from sunshine.core.publishing.operations import files
from tests import cast
from tests.rooms import narrative_story as story

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau() -> cast.Cast:
    bureau = cast.make_cast(at=story.IN_MARCH_2018)
    story.proposals_of_2018(bureau)
    listed = ("环卫作业类：黄连翘", "路面执法类：叶青松")
    story.recorded(bureau)
    story.recorded(bureau, code="best", name="评选“最美城管人”", value="2", unit="名", listed=listed)
    return bureau


def test_each_number_of_the_page_opens_its_list_or_its_source(bureau: cast.Cast, client: Client) -> None:
    story.published(bureau)
    record = Record.objects.get(kind="annual_report")
    page = client.get(f"/r/{record.reference}/").content.decode()
    links = dict(re.findall(r'<a href="(/report/2018/[a-z0-9_.]+/)"[^>]*>(\d+)</a>', page))
    assert links["/report/2018/proposals.all/"] == "2"
    assert links["/report/2018/facts.followers/"] == "32"
    for url, said in links.items():
        opened = client.get(url)
        assert opened.status_code == 200
        assert "facts." in url or len(opened.context["lines"]) == int(said)


def test_a_proposal_in_the_list_leads_to_its_page_and_names_its_entries(
    bureau: cast.Cast, client: Client
) -> None:
    story.published(bureau)
    opened = client.get("/report/2018/proposals.lead/")
    (line,) = opened.context["lines"]
    assert len(line.entries) == 3  # assigned, replied, published
    assert client.get(line.url).status_code == 200
    assert "欧阳测试" not in opened.content.decode()


def test_a_fact_says_that_it_is_stated_by_whom_known_and_as_of_when(
    bureau: cast.Cast, client: Client
) -> None:
    words = story.words(organisation="评选“最美城管人”[[facts.best]]名。")
    cast.make_item("reports", column="reports", subject="年报", at=story.MARCH_2019)
    matter_id = story.begun(bureau, words=words)
    files.scan_waiting(at=story.MARCH_2019)
    cast.go_on(bureau, matter_id, at=story.MARCH_2019)
    page = client.get("/en/report/2018/facts.best/").content.decode()
    assert "it is not counted from the public log" in page
    assert "微博平台后台统计" in page
    assert "2018-12-31" in page
    assert "路面执法类：叶青松" in page


def test_a_fact_that_no_public_report_names_has_no_page(bureau: cast.Cast, client: Client) -> None:
    assert client.get("/report/2018/facts.followers/").status_code == 404
    story.published(bureau)
    assert client.get("/report/2018/facts.followers/").status_code == 200
    assert client.get("/report/2018/facts.best/").status_code == 404
