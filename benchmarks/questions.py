"""Paragraphs and questions to them: sets laid into a folder, the corpus of laws, and questions made from it.

The made questions are no people's questions. Each keeps a few phrases of one paragraph, loses words,
changes some for others of the same meaning, may name the law, and ends like a question. They measure
whether the right paragraph is found among many that resemble it, not whether meaning is understood.

Two sorts are made. `made` names the law in three of five questions, so that many have several right
answers of which one counts: laws repeat each other. `named` always says which law is meant, as people's
questions to an encyclopaedia's paragraph do (CMRC, DRCD: who or what it is about stands in the question).
"""

from __future__ import annotations

import json
import random
import re
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rjieba

LAWS = Path(__file__).parents[2] / "shared" / "data" / "laws.tar.xz"
LONG_SHARE, LONG = 0.2, 450
"""This share of the laws is cut into passages of about so many characters, the rest into paragraphs."""
ENDS = (
    "是什么？",
    "有哪些？",
    "是多少？",
    "由谁负责？",
    "怎么办理？",
    "是什么时候？",
    "有什么要求？",
    "如何处理？",
)
OTHER_WORDS = {
    "应当": "要",
    "规定": "要求",
    "申请": "提出申请",
    "期限": "时间",
    "批准": "同意",
    "禁止": "不准",
    "企业": "公司",
    "报告": "上报",
    "公民": "个人",
    "费用": "钱",
    "公布": "公开",
    "车辆": "车",
}
COMMON = frozenset({"中华人民共和国", "条例", "规定", "办法", "管理", "实施", "关于", "若干", "决定"})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text to be found, with the title of what it stands in."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the places of the paragraphs that answer it."""

    words: str
    answers: frozenset[int]


def laws(path: Path) -> list[Paragraph]:
    """Return the paragraphs and passages of the corpus of laws, in the order of their names."""
    chance = random.Random(1)
    found: list[Paragraph] = []
    with tarfile.open(path) as archive:
        files = {
            member.name: archive.extractfile(member) for member in archive if member.name.endswith(".md")
        }
        texts = {name: file.read().decode("utf-8") for name, file in sorted(files.items()) if file}
    for text in texts.values():
        title = text.split("\n", 1)[0].lstrip("# ").strip()
        lines = [line.strip() for line in text.rpartition("<!-- INFO END -->")[2].split("\n")]
        lines = [line for line in lines if len(line) >= 15 and not line.startswith("#")]
        pieces = _passages(lines) if chance.random() < LONG_SHARE else lines
        found += [Paragraph(title, piece) for piece in pieces]
    return found


def _passages(lines: Sequence[str]) -> Iterator[str]:
    held = ""
    for line in lines:
        held += line
        if len(held) > LONG:
            yield held
            held = ""
    if held:
        yield held


def named(paragraphs: Sequence[Paragraph], count: int, *, seed: int) -> list[Asked]:
    """Return questions that say which law they are about; else they are made as the others."""
    return made(paragraphs, count, seed=seed, naming=1.0)


def made(paragraphs: Sequence[Paragraph], count: int, *, seed: int, naming: float = 0.6) -> list[Asked]:
    """Return questions to some of the paragraphs; one text that stands twice answers in both places.

    :param naming: share of the questions that name the law; all its telling words when it is the whole
    """
    chance = random.Random(seed)
    same: dict[str, set[int]] = {}
    for place, paragraph in enumerate(paragraphs):
        same.setdefault(paragraph.text, set()).add(place)
    places = [place for place, each in enumerate(paragraphs) if 60 <= len(each.text) <= 900]
    chance.shuffle(places)
    found: list[Asked] = []
    for place in places:
        if words := _question(paragraphs[place], chance, naming):
            found.append(Asked(words, frozenset(same[paragraphs[place].text])))
        if len(found) == count:
            break
    return found


def _question(paragraph: Paragraph, chance: random.Random, naming: float) -> str:
    text = re.sub(r"^第[一二三四五六七八九十百千零]+条\s*", "", paragraph.text)
    sentences = [each for each in re.split(r"[。；]", text) if len(each) >= 16]
    if not sentences:
        return ""
    clauses = [each for each in re.split(r"[，、：,（）“”《》]", chance.choice(sentences)) if len(each) >= 4]
    picked = sorted(chance.sample(range(len(clauses)), min(len(clauses), chance.choice((1, 2, 2, 3)))))
    phrases = ["".join(_phrase(clauses[place], chance)) for place in picked]
    if sum(map(len, phrases)) < 7:
        return ""
    if chance.random() < 0.2:
        chance.shuffle(phrases)
    words = chance.choice(("的", "时", "", "在")).join(phrases)
    telling = [word for word in rjieba.cut(paragraph.title, True) if len(word) > 1 and word not in COMMON]
    if telling and chance.random() < naming:
        said = len(telling) if naming == 1.0 else chance.randint(1, 3)
        words = "".join(telling[:said]) + chance.choice(("", "中", "的")) + words
    return words + chance.choice(ENDS)


def _phrase(clause: str, chance: random.Random) -> Iterator[str]:
    words = [word for word in rjieba.cut(clause, True) if re.match(r"[\u4e00-\u9fffA-Za-z0-9]", word)]
    length = chance.randint(2, 5)
    start = chance.randint(0, max(0, len(words) - length))
    for word in words[start : start + length]:
        if chance.random() > 0.1:
            yield OTHER_WORDS[word] if word in OTHER_WORDS and chance.random() < 0.5 else word


def sets(folder: Path) -> Iterator[tuple[str, list[Paragraph], list[Asked]]]:
    """Yield (name, paragraphs, questions) of each CMRC or DRCD file (the SQuAD form) in a folder."""
    for path in sorted(folder.rglob("*.json")):
        try:
            told = json.loads(path.read_bytes().decode("utf-8-sig"))
        except ValueError:
            continue
        articles = told.get("data") if isinstance(told, dict) else told
        if isinstance(articles, list):
            paragraphs, asked = _read([each for each in articles if isinstance(each, dict)])
            if asked:
                yield str(path.relative_to(folder)), paragraphs, asked


def _read(articles: Sequence[dict[str, Any]]) -> tuple[list[Paragraph], list[Asked]]:
    """Return what articles with paragraphs hold (DRCD, CMRC as SQuAD), or a list of contexts (CMRC 2018)."""
    paragraphs: dict[Paragraph, int] = {}
    questions: dict[str, set[int]] = {}
    for article in articles:
        title = str(article.get("title", ""))
        for each in article.get("paragraphs") or [article]:
            text = str(each.get("context") or each.get("context_text") or "")
            if not text:
                continue
            place = paragraphs.setdefault(Paragraph(title, text), len(paragraphs))
            for question in each.get("qas") or ():
                words = str(question.get("question") or question.get("query_text") or "")
                questions.setdefault(words, set()).add(place)
    return list(paragraphs), [Asked(words, frozenset(places)) for words, places in questions.items()]
