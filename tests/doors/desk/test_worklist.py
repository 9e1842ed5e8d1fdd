"""The worklist's page says when it lists less than there is."""

from __future__ import annotations

import pytest
from django.test import Client

from sunshine.core.matters import worklists
from tests import cast as plays

pytestmark = pytest.mark.django_db


def test_a_list_that_is_cut_says_so_and_how_to_find_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = plays.make_cast()
    for place in range(3):
        plays.make_document(cast, title=f"第{place}号通知")
    desk = Client()
    desk.force_login(cast.drafter, backend="django.contrib.auth.backends.ModelBackend")
    whole = desk.get("/desk/?whose=mine").content.decode()
    assert "事项较多" not in whole
    monkeypatch.setattr(worklists, "MOST", 2)
    cut = desk.get("/desk/?whose=mine").content.decode()
    assert ">2+<" in cut
    assert "事项较多" in cut
    assert cut.count("号通知") < whole.count("号通知")
