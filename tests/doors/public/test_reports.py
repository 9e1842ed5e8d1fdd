"""The public pages behind a report's figures."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from sunshine.core.publishing.models import Record
from sunshine.work.documents import operations as documents
from tests import cast
from tests.rooms import reporting_story as story

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau() -> cast.Cast:
    bureau = cast.make_cast()
    story.two_years(bureau)
    return bureau


def test_each_number_of_the_report_opens_as_many_cases_as_it_says(bureau: cast.Cast, client: Client) -> None:
    story.published(bureau)
    record = Record.objects.get(kind="annual_report")
    page = client.get(f"/r/{record.reference}/").content.decode()
    links = dict(re.findall(r'<a href="(/report/2026/[a-z0-9_.]+/)"[^>]*>(\d+)</a>', page))
    assert links["/report/2026/requests.carried_in.total/"] == "1"
    for url, said in links.items():
        opened = client.get(url)
        assert opened.status_code == 200
        assert opened.context["count"] == int(said) or opened.context["figure"].is_money
        assert len(opened.context["lines"]) == opened.context["count"]


@pytest.mark.parametrize("language", ["/en", "/zh-hant"])
def test_the_figures_of_a_report_open_in_the_readers_language(
    bureau: cast.Cast, client: Client, language: str
) -> None:
    story.published(bureau)
    record = Record.objects.get(kind="annual_report")
    here, there = (
        re.findall(
            r'href="([^"]*/report/2026/[^"]+)"',
            client.get(f"{prefix}/r/{record.reference}/").content.decode(),
        )
        for prefix in ("", language)
    )
    assert here
    assert there == [f"{language}{url}" for url in here]
    assert client.get(there[0]).headers["Content-Language"] == language.strip("/")


def test_the_list_of_a_figure_names_nobody_and_says_where_it_stands_in_the_log(
    bureau: cast.Cast, client: Client
) -> None:
    story.published(bureau)
    page = client.get("/en/report/2026/requests.6.3.natural_person/").content.decode()
    assert "1 case makes this figure." in page
    assert "Natural person" in page
    assert "测试人甲" not in page
    assert "13800001234" not in page


def test_years_and_figures_that_are_not_there_are_not_found(bureau: cast.Cast, client: Client) -> None:
    assert client.get("/report/2026/requests.new.total/").status_code == 404
    story.published(bureau)
    assert client.get("/report/2026/requests.new.everybody/").status_code == 404
    assert client.get("/report/2025/").status_code == 404
    assert client.get("/report/2026/").status_code == 302
    assert "2026年政府信息公开工作年度报告" in client.get("/report/").content.decode()


def test_a_withdrawn_report_takes_its_figures_along(bureau: cast.Cast, client: Client) -> None:
    matter_id = story.published(bureau)
    given: dict[str, Any] = {"ground": "inaccurate", "reason": "数字有误"}
    later = story.JANUARY_2027.replace(day=20)
    documents.propose_withdrawal(matter_id, **given, actor=bureau.office_head, at=later)
    documents.withdraw(matter_id, **given, actor=bureau.leader, at=later)
    assert client.get("/report/2026/requests.new.total/").status_code == 404
    assert "2026年" not in client.get("/report/").content.decode().split("<h1>")[1].split("<footer")[0]
