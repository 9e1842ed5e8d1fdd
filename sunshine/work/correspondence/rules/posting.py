"""What a message must say to be taken, and which signs make it wait for a look; none makes it be refused.

CH-HELD: a limit leads to confirmation by telephone or at the counter, never to a refusal. A post that
waits keeps the moment of its arrival; from it the answer counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from sunshine.kernel.verdict import HOLDS, Verdict, all_of, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.correspondence.rules import terms

MOST_WORDS: Final = 4000
MOST_PHOTOS: Final = 4
PHONE: Final = re.compile(r"(\+86[- ]?)?1[3-9]\d{9}|0\d{2,3}[- ]?[2-9]\d{6,7}(-\d{1,5})?|[2-9]\d{6,7}")
PHONE_ANYWHERE: Final = re.compile(r"\+?\d[\d ()/.-]{3,23}\d")
"""What a program may hand on: its users' numbers are of every country, and no right hangs on their form."""
EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
LINK: Final = re.compile(r"https?://|www\.|\.(?:com|cn|net|top|xyz|vip)\b|加(?:微|V)|QQ群", re.IGNORECASE)

# CH-HELD: open numbers of our own, in posts; beyond them a post waits for confirmation.
WITHIN: Final = timedelta(hours=1)
MOST_OF_ONE_SENDER: Final = 5
MOST_OF_ONE_NETWORK: Final = 30
MOST_OF_THE_SAME_WORDS: Final = 3

WHO_FIELDS: Final = ("name", "phone", "email", "address", "account", "device")
BASIS: Final = "CH-12345: 国办发〔2020〕53号"


@dataclass(frozen=True, slots=True)
class Letter:
    """What somebody tells the bureau. `who` is sealed the moment it enters the house."""

    channel: str
    text: str
    sort: str = ""
    service: str = ""
    address: str = ""
    lat: float | None = None
    lon: float | None = None
    who: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, object] = field(default_factory=dict)
    """Answers to what the service asks (attributes of Open311)."""

    may_be_shown: bool = False
    media_url: str = ""
    files: tuple[tuple[str, bytes], ...] = ()


def letter_is_sound(letter: Letter) -> Verdict:
    """Return whether a letter can be taken in; each reason names the field that mends it.

    CH-ANON: who gives no name and no way to be reached is taken in as well.
    """
    who = {name: str(letter.who.get(name, "") or "").strip() for name in WHO_FIELDS}
    verdicts: list[Verdict] = [
        _known(letter.channel, terms.CHANNELS, "channel"),
        _known(letter.sort, terms.SORTS, "sort") if letter.sort else HOLDS,
    ]
    if not letter.text.strip():
        verdicts.append(fails(_("Say what it is about."), basis=BASIS, field="text"))
    if len(letter.text) > MOST_WORDS:
        verdicts.append(fails(_("This is too long; attach a file instead."), basis="own rule", field="text"))
    if who["phone"] and letter.channel == terms.OPEN311.code:
        if not PHONE_ANYWHERE.fullmatch(who["phone"]):
            verdicts.append(fails(_("This is no telephone number."), basis="own rule", field="phone"))
    elif who["phone"] and not PHONE.fullmatch(who["phone"]):
        verdicts.append(fails(_("This is no telephone number of China."), basis=BASIS, field="phone"))
    if who["email"] and not EMAIL.fullmatch(who["email"]):
        verdicts.append(fails(_("This is no e-mail address."), basis=BASIS, field="email"))
    if len(letter.files) > MOST_PHOTOS:
        verdicts.append(
            fails(_("At most %(most)d files."), basis="own rule", field="attachments", most=MOST_PHOTOS)
        )
    verdicts.append(place_is_sound(letter.lat, letter.lon))
    return all_of(verdicts)


def _known(code: str, among: tuple[terms.Term, ...], name: str) -> Verdict:
    return HOLDS if terms.named(code, among) else fails(_("Choose one of the list."), basis=BASIS, field=name)


def place_is_sound(lat: float | None, lon: float | None) -> Verdict:
    """Return whether a point is one of the earth, whole or not given at all."""
    if lat is None and lon is None:
        return HOLDS
    if lat is None or lon is None:
        return fails(_("A point has a latitude and a longitude."), basis="own rule", field="lat")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return fails(_("This point does not lie on the earth."), basis="own rule", field="lat")
    return HOLDS


@dataclass(frozen=True, slots=True)
class Traffic:
    """What is known of the sender and of what came lately; counts go no further than the limits."""

    sender_is_known: bool = False
    of_the_sender: int = 0
    of_the_network: int = 0
    of_the_words: int = 0


STUCK: Final = "stuck"
SIGNS: Final[Mapping[str, str]] = {
    "link": _("It holds a link or an invitation"),
    "many_of_sender": _("Many posts of the same sender"),
    "many_of_network": _("Many posts from the same network"),
    "same_words": _("The same words were posted before"),
    "not_a_word": _("It says next to nothing"),
    STUCK: _("It could not go on"),
}


def signs(letter: Letter, traffic: Traffic) -> tuple[str, ...]:
    """Return what speaks for a look before a post goes on; nothing of it refuses the post."""
    found = []
    if LINK.search(letter.text):
        found.append("link")
    if traffic.of_the_sender >= MOST_OF_ONE_SENDER:
        found.append("many_of_sender")
    if traffic.of_the_network >= MOST_OF_ONE_NETWORK:
        found.append("many_of_network")
    if traffic.of_the_words >= MOST_OF_THE_SAME_WORDS:
        found.append("same_words")
    if len(set(letter.text.split())) == 1 and len(set(letter.text.strip())) < 3:
        found.append("not_a_word")
    return tuple(found)


def waits(traffic: Traffic, found: tuple[str, ...]) -> bool:
    """Return whether a post waits for a look: everyone's first one, and any that bears a sign."""
    return bool(found) or not traffic.sender_is_known
