"""Whom a subject for the public register must not name: who asked, and third parties that were asked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from sunshine.text import normal, script

PARTIES = ("name", "representative", "organisation")
"""What of an identity is a name; an organisation that asks is who asked, whatever it asks for."""

REACHED_BY = ("document_number", "phone", "email")
LEAST, LEAST_IN_LATIN = 2, 4
"""Characters from which a value tells somebody: short Latin names stand in the middle of other words."""

_BETWEEN = re.compile(r"[\W_]+")
_DOOR = re.compile(r"[0-9零一二三四五六七八九十]")
_DISTRICT = re.compile(r"(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区|市|自治州|(?<!小)区|县)){1,3}")


def parties_of(identity: Mapping[str, str], third_parties: Collection[str]) -> list[str]:
    """Return the names that must not stand in the subject of this request."""
    return [name for name in (*(identity.get(each, "") for each in PARTIES), *third_parties) if name]


def names_somebody(subject: str, identity: Mapping[str, str], third_parties: Collection[str]) -> bool:
    """Return whether a subject tells who asked or which third party was asked (PII-REQ).

    Read without blanks, signs and case, in simplified characters: 测 试 人 甲 is 測試人甲 and 测试人甲.
    """
    told = _bare(subject)
    secrets = [_bare(name) for name in parties_of(identity, third_parties)]
    secrets += [_bare(identity.get(each, "")) for each in REACHED_BY]
    secrets += _doors(_bare(identity.get("address", "")))
    return any(secret in told for secret in secrets if _is_telling(secret))


def _bare(text: str) -> str:
    plain = script.simplified_characters(normal.plain(text))
    return _BETWEEN.sub("", plain).casefold()


def _is_telling(secret: str) -> bool:
    return len(secret) >= (LEAST_IN_LATIN if secret.isascii() else LEAST)


def _doors(address: str) -> Iterator[str]:
    """Yield an address that leads to a door, and the same without its city; a city alone is nobody's home."""
    city = _DISTRICT.match(address)
    for told in (address, address[city.end() :] if city else ""):
        if _DOOR.search(told):
            yield told
