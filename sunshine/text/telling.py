"""What stands beside a name and tells of it, so that unusual characters may be one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

MOST_BEFORE_DOT = 4
"""Words of the first part of a name with a dot that is written in unusual characters."""

MOST_TOLD = 4
"""Characters, and so at most words, of a name that only the word beside it tells."""

HAN = re.compile(r"[\u3400-\u9fff]+")
FUNCTION = frozenset("都不和就也还则将于与而及的了是在")
"""Words of one character with which no foreign name ends, though some stand within one."""

_CALLED = frozenset([
    "记者", "本报记者", "通讯员", "实习生", "特约记者", "实习记者", "编辑", "责任编辑", "责编", "主编",
    "作者", "原作者", "摄影", "摄", "文", "图", "撰文", "网友", "玩家", "主播", "网名", "笔名",
    "艺名", "昵称", "绰号", "外号", "人称", "化名", "饰", "饰演", "扮演", "主角", "选手", "队友",
    "好友", "名叫", "名为", "叫做", "师傅",
])  # fmt: skip
"""Words after which two to four characters up to a sign may be a name, whatever they are."""

_ADDRESSED = frozenset(["先生", "女士"])
"""Words before which two to four characters may be a name, whatever they are."""

_OPENING = frozenset("\n。!?】”")
"""Signs after which a speaker may be named, whose words follow after a colon."""

TELLING = _CALLED | _ADDRESSED | {":"}


def before_dots(words: Sequence[str]) -> Iterator[int]:
    """Yield the places in a list of words from which on nothing but Han characters leads to a dot."""
    for at, word in enumerate(words):
        if word == "·":
            for index in range(at - 1, max(-1, at - 1 - MOST_BEFORE_DOT), -1):
                if not HAN.fullmatch(words[index]) or words[index] in FUNCTION:
                    break
                yield index


def beside(words: Sequence[str]) -> Iterator[int]:
    """Yield the places in a list of words beside those that tell of a name."""
    for at, word in enumerate(words):
        if word in _CALLED:
            yield from range(at + 1, min(at + 2, len(words)))
        elif word in _ADDRESSED:
            yield from range(max(0, at - 3), at)
        elif word == ":":
            for index in range(at - 1, max(-1, at - 1 - MOST_TOLD), -1):
                if not HAN.fullmatch(words[index]):
                    break
                if is_opening(words, index):
                    yield index


def is_opening(words: Sequence[str], index: int) -> bool:
    """Return whether a paragraph or a sentence begins with a word."""
    while index and words[index - 1].isspace() and "\n" not in words[index - 1]:
        index -= 1
    return index == 0 or words[index - 1][-1] in _OPENING


def told_ends(text: str, places: Sequence[int], words: Sequence[str], index: int) -> Iterator[int]:
    """Yield the ends of two to four characters that can only be a name because of what stands beside."""
    begun = places[index]
    if words[index] in FUNCTION:
        return
    is_called = index > 0 and words[index - 1] in _CALLED
    for at in range(index, min(index + 3, len(words))):
        end = places[at] + len(words[at])
        if end - begun > MOST_TOLD or not HAN.fullmatch(words[at]):
            return
        is_followed = at + 1 < len(words) and words[at + 1] in _ADDRESSED
        is_alone = is_called and not HAN.match(text[end : end + 1])
        is_speaker = at + 1 < len(words) and words[at + 1] == ":" and is_opening(words, index)
        if end - begun > 1 and (is_followed or is_alone or is_speaker):
            yield end


def leads_to_dot(words: Sequence[str], index: int) -> bool:
    """Return whether a dot follows soon after a word, with nothing but Han characters before it."""
    for word in words[index : index + MOST_BEFORE_DOT + 1]:
        if word == "·":
            return True
        if not HAN.fullmatch(word) or word in FUNCTION:
            return False
    return False


def is_told(text: str, places: Sequence[int], words: Sequence[str], index: int) -> bool:
    """Return whether a name begins at a word, if one does, because of what stands beside."""
    return leads_to_dot(words, index) or any(told_ends(text, places, words, index))
