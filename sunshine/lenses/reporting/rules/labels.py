"""What a figure is called in Chinese: from the headings of the tables in which it stands."""

from __future__ import annotations

from functools import lru_cache

from sunshine.lenses.reporting.rules import counting
from sunshine.lenses.reporting.rules.cases import ProposalCase
from sunshine.lenses.reporting.rules.forms import (
    ROW_ALL,
    ROW_IN,
    ROW_NEW,
    ROW_OUT,
    Form,
    Table,
)
from sunshine.work.correspondence.rules import terms as letters
from sunshine.work.requests import rules as requests

_OTHERS = {
    "records.published": "主动公开政府信息",
    "records.interpretations": "政策解读",
    "fees.notices": "信息处理费收费通知",
    "fees.asked": "信息处理费通知金额（元）",
    "fees.received": "信息处理费实收金额（元）",
    "norms.made": "行政规范性文件 · 本年制发件数",
    "norms.ended": "行政规范性文件 · 本年废止件数",
    "norms.valid": "行政规范性文件 · 现行有效件数",
    "proposals.all": "建议提案 · 办理总数",
    "proposals.lead": "建议提案 · 主办件",
    "proposals.separate": "建议提案 · 分办件",
    "proposals.joint": "建议提案 · 会办件",
    "proposals.replied": "建议提案 · 已答复",
    "proposals.opinions": "建议提案 · 已出具会办意见",
    "proposals.published": "建议提案 · 已公开答复全文",
    "proposals.returned": "建议提案 · 退回交办单位",
    "participation.calls": "公众参与 · 公开征求意见",
    "participation.persons": "公众参与 · 提出意见人数",
    "participation.opinions": "公众参与 · 意见条数",
    "participation.hearings": "公众参与 · 听证会",
    "participation.meetings": "公众参与 · 公众列席会议",
    "participation.decisions": "公众参与 · 经程序作出的重大行政决策",
    "letters.received": "群众来信来电 · 受理",
    "letters.replied": "群众来信来电 · 答复",
}
_ROWS = {
    counting.NEW: ROW_NEW,
    counting.CARRIED_IN: ROW_IN,
    counting.DONE: ROW_ALL,
    counting.CARRIED_OUT: ROW_OUT,
}
_TRACKS = {
    "reconsideration": "行政复议",
    "lawsuit_direct": "行政诉讼（未经复议直接起诉）",
    "lawsuit_after": "行政诉讼（复议后起诉）",
}


def of(form: Form, name: str) -> str:
    """Return the label of a figure; the name itself where the form does not know it."""
    return _labels(form.version).get(name) or _of_table_2(form).get(name) or _OTHERS.get(name, name)


def kind(code: str) -> str:
    """Return the term for a kind of applicant."""
    return next((each.term for each in requests.APPLICANT_KINDS if each.code == code), code)


def sort(code: str) -> str:
    """Return the term for a sort of remedy."""
    return next((each.term for each in requests.SORTS if each.code == code), code)


def result(code: str) -> str:
    """Return the term for how a remedy ended; nothing while it is pending."""
    return next((each.term for each in requests.RESULTS if each.code == code), "")


def row(form: Form, code: str) -> str:
    """Return the string of a result row; nothing while a request is being handled."""
    return next((each.term for each in form.rows if each.code == code), "")


def published(case: ProposalCase) -> str:
    """Return whether a proposal's reply stands in full before everybody; nothing where it does not."""
    return _OTHERS["proposals.published"].rpartition(" · ")[2] if case.record else ""


@lru_cache(maxsize=8)
def _labels(version: str) -> dict[str, str]:
    rows = next(form.rows for form in requests.FORMS if form.version == version)
    named = _ROWS | {
        row.code: row.term if row.group in ("", row.term) else f"{row.group}{row.term}" for row in rows
    }
    kinds = {kind.code: kind.term for kind in requests.APPLICANT_KINDS} | {counting.TOTAL: "总计"}
    found = {
        f"requests.{row}.{kind}": f"{words} · {term}"
        for row, words in named.items()
        for kind, term in kinds.items()
    }
    results = {each.code: each.term for each in (*requests.RESULTS, requests.PENDING)} | {"total": "总计"}
    found |= {
        f"remedies.{track}.{result}": f"{words} · {term}"
        for track, words in _TRACKS.items()
        for result, term in results.items()
    }
    found |= {f"ways.{way.code}": way.term for way in requests.WAYS}
    found |= {f"letters.received.{each.code}": f"群众来信来电 · {each.term}" for each in letters.CHANNELS}
    return found | {f"groups.{row.code.partition('.')[0]}": row.group or "办结" for row in rows}


def _of_table_2(form: Form) -> dict[str, str]:
    """Return the labels of section 二: the name of the row and the head of the column."""
    tables = [table for table in form.tables if not table.heads]
    return {name: label for table in tables for name, label in _of_blocks(table)}


def _of_blocks(table: Table) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    heads: list[str] = []
    for line in table.body:
        texts = [cell.text for cell in line]
        if all(texts):
            heads = texts
            continue
        pairs = zip(line[1:], heads[1:], strict=True)
        found += [(cell.figure, f"{texts[0]} · {head}") for cell, head in pairs]
    return found
