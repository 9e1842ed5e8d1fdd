"""The bureau's own lists: words and short names that its texts are read against."""

from __future__ import annotations

import os

import pytest

from sunshine.core.publishing import checks, own_words
from sunshine.core.publishing.queries import bundles
from sunshine.project import inspecting
from tests import cast as plays

pytestmark = pytest.mark.django_db

WORDS = """# kind | word | instead | severity | source | since
wording | 小广告 | 非法张贴物 | warning | 局办用语规范 | 2026-01-01
"""
SHORT = "城管通 | 城市管理移动采集终端 | 局办用语规范 | 2026-01-01\n"


@pytest.fixture
def folder(settings, tmp_path):
    settings.OWN_WORDS = tmp_path
    return tmp_path


def found_in(body: str) -> set[str]:
    """Return what is found in a draft with this body."""
    document = plays.make_document(plays.make_cast(), upto="drafting", body=body)
    return {each["text"] for each in checks.findings(bundles.bundle(document.matter))}


def test_a_text_is_read_against_the_bureaus_own_words_and_short_names(folder):
    (folder / "listed_words.txt").write_text(WORDS, "utf-8")
    (folder / "short_names.txt").write_text(SHORT, "utf-8")
    assert {"小广告", "城管通"} <= found_in("<p>队员用城管通上报小广告。</p>")


def test_lists_are_read_again_when_they_change_and_bad_lines_are_named(folder):
    path = folder / "listed_words.txt"
    assert own_words.lists() == own_words.Lists()
    path.write_text(WORDS, "utf-8")
    assert [word.word for word in own_words.lists().words] == ["小广告"]
    path.write_text(f"{WORDS}wording | 牛皮癣 | 非法张贴物 | severe | 局办 | 2026-01-01\n只有一列\n", "utf-8")
    os.utime(path, ns=(1, 1))
    assert own_words.lists().unread == ("listed_words.txt:3", "listed_words.txt:4")
    assert [each.tone for each in inspecting._own_words(plays.MONDAY)] == ["fault", "fault"]
    path.unlink()
    assert [each.tone for each in inspecting._own_words(plays.MONDAY)] == ["good"]
