"""The narrative form of the years before 2019: sections that an officer writes around figures and facts.

FOI 2008 arts. 31 and 32 asked for a report and said what it must tell, and prescribed no form. So nothing
here is fixed but the headings: each section begins as a draft made of the year's figures and recorded facts,
and an officer rewrites it, keeping every number a reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sunshine.kernel.verdict import Verdict, all_of, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.lenses.reporting.rules import forms, prose
from sunshine.lenses.reporting.rules.cases import Pin
from sunshine.lenses.reporting.rules.prose import Section, Words
from sunshine.work.facts.rules import Stated

FACTS = "facts."
PREFACE = (
    "根据政务公开年度考核要求，{bureau}对{year}年的政务公开工作进行了总结，现将年度工作开展情况报告如下。"
    "统计数字依据公开日志前{size}条记录（日志根值{root}），每个均可打开其清单；"
    "未由日志统计的数字为本机关的事实记载，均可打开其来源。"
)


def sections(bureau: str, year: int, words: Words, pin: Pin) -> tuple[Section, ...]:
    """Return the preface, under no heading, and the six sections; each line of the words is a paragraph."""
    preface = PREFACE.format(bureau=bureau, year=year, size=pin.size, root=pin.root[:16])
    return (
        Section("", ((False, preface),)),
        *(
            Section(heading, tuple((False, text) for text in _lines(getattr(words, name))))
            for name, heading in forms.NARRATIVE.items()
        ),
    )


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip())


def drafted(year: int, values: Mapping[str, int], facts: Iterable[Stated]) -> dict[str, str]:
    """Return how each section begins: sentences from the year's figures, then from its recorded facts."""
    told: dict[str, list[str]] = {
        "organisation": [],
        "explaining": [prose.proposals(values)],
        "five_openings": [prose.DISCLOSED, prose.NORMS],
        "services": [prose.letters(values)],
        "participation": [prose.talks(values)],
        "regulation": [*prose.asked(year, values), prose.DISPUTED, prose.fees(values)],
    }
    for fact in facts:
        told.get(fact.topic, told["organisation"]).append(f"{fact.name}[[{FACTS}{fact.code}]]{fact.unit}。")
    return {name: "\n".join(text for text in texts if text) for name, texts in told.items()}


def is_written(words: Words) -> Verdict:
    """Return whether every section says something (AR-FORM-2008)."""
    text = _("Say something in this section")
    return all_of(
        fails(text, basis="AR-FORM-2008: FOI 2008 art. 32", field=name)
        for name in forms.NARRATIVE
        if not getattr(words, name).strip()
    )
