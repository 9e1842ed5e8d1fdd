"""Sets the report to the municipal office as a Word file, from the frozen report alone."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from docx import Document

from sunshine.work.reviews.rules import BEGUN, DECLINED, OPENS, STAYS

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COUNTS = (
    ("looked_at", "自查件数"),
    ("with_end_date", "其中有期限的（全部自查）"),
    ("drawn", "其中抽签抽中的"),
    ("stay_closed", "继续不公开"),
    ("to_be_opened", "应当公开"),
    ("conversions", "转为主动公开的任务"),
    ("conversions_begun", "其中已着手公开"),
    ("conversions_declined", "其中决定不公开"),
)
DECISIONS = {STAYS.name: "继续不公开", OPENS.name: "应当公开"}
BECAME = {BEGUN.name: "已着手公开", DECLINED.name: "不公开"}
UNDER_WAY = "办理中"


def docx(report: Mapping[str, Any], *, bureau: str, digest: str, signed: Sequence[str]) -> bytes:
    """Return the report; `signed` says who drafted and who signed it off."""
    made = Document()
    made.core_properties.author = bureau
    made.add_heading(f"{bureau}{report['year']}年不予公开信息自查报告", level=1)
    made.add_paragraph("依据《中华人民共和国政府信息公开条例》第十八条，现将自查情况报告如下。")
    counts = report["counts"]
    _table(made, ("项目", "件数"), [(term, str(counts[name])) for name, term in COUNTS])
    made.add_heading("一、不予公开信息自查", level=2)
    rows = [
        (
            each["reference"],
            each["until"] or "无期限",
            DECISIONS.get(each["stage"], UNDER_WAY),
            "；".join(filter(None, (each["reason"], each["kept_until"] and f"至{each['kept_until']}"))),
        )
        for each in report["items"]
    ]
    _table(made, ("文件编号", "原期限", "结论", "理由"), rows)
    made.add_heading("二、转为主动公开", level=2)
    turned = [
        (each["subject"], str(each["people"]), BECAME.get(each["stage"], UNDER_WAY), each["reason"])
        for each in report["conversions"]
    ]
    _table(made, ("事项", "申请人数", "进展", "理由"), turned)
    made.add_heading("三、抽签办法", level=2)
    made.add_paragraph(
        f"有期限的全部自查；其余按十分之一抽取，至少一件。种子为公开日志前"
        f"{report['log_size']}条记录的根值{report['seed']}。对每个编号计算“种子:编号”的SHA-256，取值最小者。"
    )
    made.add_paragraph("全部编号：" + "、".join(report["candidates"]))
    made.add_paragraph("；".join(signed))
    made.add_paragraph(f"报告摘要值（SHA-256）：{digest}")
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def _table(made: Any, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        made.add_paragraph("无。")
        return
    table = made.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        cell.text = text
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
