"""Official documents made from a seed, with what is in them; not the patterns that the tools learn from."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from sunshine.text import identifiers

DOUBLE = ("欧阳", "上官", "司马", "诸葛", "皇甫", "令狐", "慕容", "东方", "夏侯", "尉迟")
DATA = Path(__file__).parent / "data"
SURNAMES, GIVEN = (DATA / "names.txt").read_text("utf-8").split()
PAPERS = (DATA / "papers.txt").read_text("utf-8").splitlines()
CLEAN = (DATA / "clean_papers.txt").read_text("utf-8").splitlines()
DISTRICTS = ("庐阳区", "包河区", "蜀山区", "瑶海区", "肥西县", "巢湖市")
ROADS = ("阜阳北路", "马鞍山南路", "繁华大道", "休宁路", "临泉路", "翡翠路", "宿松路", "东流路")
ESTATES = ("金色池塘小区", "绿城桂花园", "香樟雅苑", "银杏苑", "望湖城", "祥和新村")
BODIES = ("市城市管理局", "区城管执法大队", "市园林中心", "区环卫所", "市停车管理处")
ISSUERS = ("622202", "622848", "621700", "622588", "456351", "518710", "621226")

_BREAKS = ("", "", "", "", "full", "space", "zero", "line")


@dataclass(slots=True)
class Paper:
    """A document with its structured data (start, end, kind) and the names of parties and of officials."""

    text: str = ""
    spans: list[tuple[int, int, str]] = field(default_factory=list)
    parties: list[tuple[int, int]] = field(default_factory=list)
    officials: list[tuple[int, int]] = field(default_factory=list)


class Maker:
    """Makes the same things again for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def papers(self, count: int) -> Iterator[Paper]:
        """Yield official documents; a fifth of them hold nothing personal."""
        for _ in range(count):
            yield self._paper(self.chance.choice(CLEAN if self.chance.random() < 0.2 else PAPERS))

    def _paper(self, pattern: str) -> Paper:
        paper, known = Paper(), list[str]()
        for piece in re.split(r"(\{\w\d?\})", pattern):
            if not piece.startswith("{"):
                paper.text += piece
                continue
            start, letter = len(paper.text), piece[1]
            if letter == "n":
                name = known[int(piece[2])] if piece[2] != "}" else self.name()
                known += [name] if piece[2] == "}" else []
                paper.text += name
                paper.parties.append((start, len(paper.text)))
            elif letter == "o":
                paper.text += self.name()
                paper.officials.append((start, len(paper.text)))
            else:
                kind, make = self._fields()[letter]
                word = make()
                paper.text += self.disguised(word) if kind in _DIGITS else word
                if kind:
                    paper.spans.append((start, len(paper.text), kind))
        return paper

    def _fields(self) -> dict[str, tuple[str, Callable[[], str]]]:
        chance = self.chance
        return {
            "x": ("", lambda: chance.choice("男女")),
            "y": ("", lambda: chance.choice(("", "另查明，", "经审批，"))),
            "i": ("resident_id", self.resident_id),
            "m": ("mobile", self.mobile),
            "c": ("bank_card", self.bank_card),
            "p": ("plate", self.plate),
            "u": ("organisation_code", self.organisation_code),
            "e": (
                "email",
                lambda: f"{self.letters(7)}@{chance.choice(('163.com', 'qq.com', 'sina.com.cn'))}",
            ),
            "w": ("wechat", lambda: f"{self.letters(4)}_{chance.randrange(1000, 99999)}"),
            "q": ("qq", lambda: str(chance.randrange(10**7, 10**10))),
            "z": ("passport", lambda: f"E{chance.randrange(10**7, 10**8)}"),
            "g": ("birth_date", lambda: self.day("{0.year}年{0.month}月{0.day}日")),
            "a": ("address", self.address),
            "r": ("", lambda: chance.choice(DISTRICTS) + chance.choice(ROADS)),
            "b": ("", lambda: chance.choice(BODIES)),
            "d": ("", lambda: f"2019年{chance.randrange(1, 13)}月5日"),
            "t": ("", lambda: str(chance.randrange(62000000, 69999999))),
            "k": ("", lambda: str(chance.randrange(10**9, 10**16))),
        }

    def name(self) -> str:
        """Return a name that nobody need have."""
        surname = self.chance.choice(DOUBLE if self.chance.random() < 0.03 else SURNAMES)
        return surname + "".join(self.chance.choices(GIVEN, k=1 if self.chance.random() < 0.25 else 2))

    def letters(self, count: int) -> str:
        """Return small letters."""
        return "".join(self.chance.choices("abcdefghkmnprstwxyz", k=count))

    def day(self, form: str) -> str:
        """Return a day of birth."""
        return form.format(date(1945, 1, 1) + timedelta(days=self.chance.randrange(24000)))

    def resident_id(self) -> str:
        """Return a number with the right check digit."""
        head = self.chance.choice(("340103", "340111", "110105", "320106", "420102", "810000"))
        body = f"{head}{self.day('{0:%Y%m%d}')}{self.chance.randrange(1000):03d}"
        return next(body + last for last in "0123456789X" if identifiers.is_resident_id(body + last))

    def mobile(self) -> str:
        """Return a mobile number, a third of them in groups."""
        number = f"1{self.chance.randrange(30, 100)}{self.chance.randrange(10**8):08d}"
        return f"{number[:3]}-{number[3:7]}-{number[7:]}" if self.chance.random() < 0.3 else number

    def bank_card(self) -> str:
        """Return a card with the right Luhn digit."""
        head = self.chance.choice(ISSUERS)
        length = 19 if head[0] == "6" else 16
        body = head + "".join(self.chance.choices("0123456789", k=length - 7))
        return next(body + last for last in "0123456789" if identifiers.is_luhn(body + last))

    def organisation_code(self) -> str:
        """Return a unified social credit code with the right check character."""
        alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
        body = "91340100" + "".join(self.chance.choices(alphabet, k=9))
        return next(body + last for last in alphabet if identifiers.is_organisation_code(body + last))

    def plate(self) -> str:
        """Return a plate, half of them of the new-energy kind."""
        letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
        head = self.chance.choice("皖苏浙京豫") + self.chance.choice(letters[:8])
        if self.chance.random() < 0.5:
            return f"{head}{self.chance.choice('DF')}{self.chance.randrange(10**5):05d}"
        return f"{head}{self.chance.choice(letters)}{self.chance.randrange(10**4):04d}"

    def address(self) -> str:
        """Return an address down to the door."""
        chance = self.chance
        estate = f"{chance.choice(ROADS)}{chance.randrange(1, 400)}号{chance.choice(ESTATES)}"
        door = f"{chance.randrange(1, 40)}{chance.choice(('栋', '幢', '号楼'))}"
        unit = f"{chance.randrange(1, 5)}单元" if chance.random() < 0.5 else ""
        return f"合肥市{chance.choice(DISTRICTS)}{estate}{door}{unit}{chance.randrange(101, 2800)}室"

    def disguised(self, number: str) -> str:
        """Return a number as texts write it: full-width, apart, with what nobody sees, over two lines."""
        way = self.chance.choice(_BREAKS)
        if way == "full":
            return "".join(chr(ord(each) + 0xFEE0) if each.isalnum() else each for each in number)
        if way in ("space", "zero", "line"):
            between = {"space": " ", "zero": "\u200b", "line": "\n"}[way]
            place = self.chance.randrange(3, len(number) - 3)
            return number[:place] + between + number[place:]
        return number


_DIGITS = frozenset({"resident_id", "mobile", "bank_card"})
