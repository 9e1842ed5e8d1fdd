"""Says in the reader's language what the rules, the clocks and the ledger say in marked English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sunshine.core.ledger.models import Entry
from sunshine.core.matters import queries as matters
from sunshine.core.people import rules as people
from sunshine.core.publishing import rules as publishing
from sunshine.core.publishing.queries import drafts
from sunshine.design.parts import Moment, Tone
from sunshine.kernel import explanation
from sunshine.kernel.procedure import Act
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.documents import rules as documents
from sunshine.work.participation.rules import decisions
from sunshine.work.requests import rules as requests

SENTENCES: Mapping[str, str] = {
    "opened": gettext_noop("%(actor)s began the document."),
    "comment_call.opened": gettext_noop("The call was entered."),
    "participation_list.entered": gettext_noop("%(actor)s entered a matter in the yearly list."),
    "participation_list.linked": gettext_noop("%(actor)s linked a matter of the yearly list."),
    "participation_list.struck": gettext_noop("%(actor)s struck a matter out of the yearly list."),
    "participation_list.published": gettext_noop("%(actor)s published the yearly list."),
    "gathering.opened": gettext_noop("%(actor)s planned it."),
    "gathering.signed_up": gettext_noop("Somebody signed up."),
    "gathering.gave_back": gettext_noop("Somebody gave a place back."),
    "gathering.moved_up": gettext_noop("Who waited first moved up."),
    "decision.opened": gettext_noop("%(actor)s began the decision."),
    "comment_call.sent": gettext_noop("Somebody sent an opinion."),
    "information_request.opened": gettext_noop("The request was entered in the register."),
    "correction.opened": gettext_noop("The request for correction was entered in the register."),
    "remedy.opened": gettext_noop("%(actor)s entered a reconsideration or lawsuit."),
    "citizen_case.opened": gettext_noop("The letter was entered as a case."),
    "petition.opened": gettext_noop("The letter was entered as a petition."),
    "case_task.opened": gettext_noop("A question to the department was entered."),
    "opinion_alert.opened": gettext_noop("An alert of public opinion was entered."),
    "reporter_added": gettext_noop("One more person reported the same; %(actor)s added them."),
    "joined_case_left": gettext_noop("%(actor)s took a case apart that had been joined to this one."),
    "named_elsewhere": gettext_noop("The number of another system was entered for this case."),
    "foreign.heard": gettext_noop("Another system told what became of its cases."),
    "hotline.list_taken": gettext_noop("%(actor)s took in the list of a hotline."),
    "posts.released": gettext_noop("%(actor)s let letters that waited go on."),
    "posts.set_aside": gettext_noop("%(actor)s set posts aside."),
    "posts.restored": gettext_noop("%(actor)s took posts back that were set aside."),
    "service.listed": gettext_noop("%(actor)s listed what can be reported."),
    "service.closed": gettext_noop("%(actor)s closed a service that could be reported."),
    "program.admitted": gettext_noop("%(actor)s admitted a program that reports cases."),
    "program.ended": gettext_noop("%(actor)s ended the key of a program."),
    "deputies_suggestion.opened": gettext_noop("The suggestion was entered in the register."),
    "cppcc_proposal.opened": gettext_noop("The proposal was entered in the register."),
    "joint_opinion.opened": gettext_noop("A joint opinion was entered in the register."),
    "reply_publication.opened": gettext_noop("The publication of the reply was entered in the register."),
    "yearly_review.opened": gettext_noop("The yearly review was opened."),
    "kept_item.opened": gettext_noop("It was entered to be decided."),
    "conversion.opened": gettext_noop("The task was entered."),
    "report_duty.opened": gettext_noop("The yearly report was foreseen."),
    "fact.recorded": gettext_noop("%(actor)s recorded a fact."),
    "fact.corrected": gettext_noop("%(actor)s corrected a recorded fact."),
    "fact.struck": gettext_noop("%(actor)s struck a recorded fact."),
    "session.opened": gettext_noop("%(actor)s entered a session."),
    "session.imported": gettext_noop("%(actor)s took in the list of a session."),
    "handed_over": gettext_noop("%(actor)s handed the matter over."),
    "post.appointed": gettext_noop("%(actor)s appointed somebody to a post."),
    "post.delegated": gettext_noop("%(actor)s let somebody stand in."),
    "post.delegation_ended": gettext_noop("%(actor)s let somebody stand in no longer."),
    "post.left": gettext_noop("%(actor)s ended a term of office."),
    "post.created": gettext_noop("%(actor)s made a post."),
    "post.roles_changed": gettext_noop("%(actor)s changed the roles of a post."),
    "post.closed": gettext_noop("%(actor)s closed a post."),
    "department.founded": gettext_noop("%(actor)s entered a department."),
    "person.entered": gettext_noop("%(actor)s entered a person."),
    "person.password_given": gettext_noop("%(actor)s gave a person a new password."),
    "person.second_factor_taken": gettext_noop(
        "%(actor)s took away the second factor that a person had lost."
    ),
    "person.left": gettext_noop("%(actor)s closed a person’s account."),
    "directory.listed": gettext_noop("%(actor)s entered an item in the directory."),
    "directory.changed": gettext_noop("%(actor)s changed an item of the directory."),
    "directory.closed": gettext_noop("%(actor)s closed an item of the directory."),
    "record.published": gettext_noop("A record became public."),
    "record.corrected": gettext_noop("A new version of a record became public."),
    "record.withdrawn": gettext_noop("A record was withdrawn."),
    "record.repealed": gettext_noop("A record was marked as repealed."),
    "record.erased": gettext_noop("Fields of a record were erased under the law."),
    "identity_viewed": gettext_noop("%(actor)s looked at who asks."),
    "delivery.retried": gettext_noop("%(actor)s had a delivery tried again."),
}
"""The wording of entries that are no acts of a procedure; those have theirs in its table."""

FIELDS: Mapping[str, str] = {
    "title": gettext_noop("Title"),
    "number": gettext_noop("Document number"),
    "topic": gettext_noop("Topic"),
    "department": gettext_noop("Issuing department"),
    "formed_on": gettext_noop("Formed on"),
    "changed_on": gettext_noop("Changed on"),
    "effective_from": gettext_noop("In force from"),
    "valid_until": gettext_noop("In force until"),
    "validity_reason": gettext_noop("Why longer than five years"),
    "form": gettext_noop("Form of interpretation"),
    "summary": gettext_noop("Summary"),
    "body": gettext_noop("Body text"),
    "coverage": gettext_noop("What it covers"),
    "plan": gettext_noop("Interpretation plan"),
    "staged": gettext_noop("Later interpretations"),
    "attachments": gettext_noop("Attachments"),
}
"""The fields of a draft, in the order of its form."""

_CITED = (
    (re.compile(r"FOI 2008"), "《政府信息公开条例》（2007年公布）"),
    (re.compile(r"FOI 2019"), "《政府信息公开条例》"),
    (re.compile(r"\s*\barts?\. (\d+(?:, \d+)*)"), r"第\1条"),
    (re.compile(r"(?<=条)\((\d+)\)\((\d+)\)"), r"第\1款第\2项"),
    (re.compile(r"(?<=条)\((\d+)\)"), r"第\1项"),
    (re.compile(r"\s*¶(\d+)"), r"第\1款"),
    (re.compile(r"\bown rule on (\S+)"), r"本系统据\1的规则"),
    (re.compile(r"\bown rule\b"), "本系统规则"),
    (re.compile(r"\bthe 2018 report §([\d.]+)"), r"2018年度报告第\1部分"),
    (re.compile(r"\bPIPL\b"), "《个人信息保护法》"),
    (re.compile(r"\blocal rule\b"), "本地规定"),
    (re.compile(r"国务院令第713号"), "《重大行政决策程序暂行条例》"),
    (re.compile(r"(?<![《一-鿿])保密法"), "《保守国家秘密法》"),
    (re.compile(r"(?<![《一-鿿])([一-鿿]{2,}(?:法|条例))(?=第\d)"), r"《\1》"),
)

BAD = (
    "send_back",
    "return_without_interpretation",
    "withdraw",
    "lower_attribute",
    "lower_attribute_in_draft",
    "erase",
    "abandon",
)
CLOCK_LABELS = {
    "publish": gettext_noop("Publish in time"),
    "reply": gettext_noop("Reply"),
    "tell": gettext_noop("Say what the request lacks"),
    "completion": gettext_noop("The applicant completes"),
    "consent": gettext_noop("The third party answers"),
    "bodies": gettext_noop("Other bodies answer"),
    "pay": gettext_noop("The applicant pays"),
    "correction": gettext_noop("Decide on the correction"),
    "ordinary": gettext_noop("Answer in the reconsideration"),
    "simple": gettext_noop("Answer in the simple reconsideration"),
    "object": gettext_noop("Hand back what is not ours"),
    "again": gettext_noop("The second reply"),
    "rating": gettext_noop("The deputy’s view"),
    "opinion": gettext_noop("The joint opinion"),
    "court": gettext_noop("Answer before the court"),
    "adoption": gettext_noop("Say what was adopted"),
    "legality": gettext_noop("Time for the legality review"),
    "year": gettext_noop("Report to the municipal office"),
    "look": gettext_noop("Decide: closed or open"),
    "ending": gettext_noop("The ground ends"),
    "convert": gettext_noop("Begin to make public"),
    "answer": gettext_noop("Answer"),
    "notify": gettext_noop("Tell the petitioner of receipt"),
    "consultation": gettext_noop("Answer a consultation"),
    "danger": gettext_noop("Secure a danger"),
    "accept": gettext_noop("The department accepts"),
    "task": gettext_noop("Answer the question"),
    "statement": gettext_noop("Authoritative statement"),
    "briefing": gettext_noop("Press conference"),
}


def say(text: str, params: Mapping[str, object] | None = None) -> str:
    """Translate a marked text and fill its places; dates are written the reader's way."""
    if not text:
        return ""
    return _(text) % {name: _value(value) for name, value in params.items()} if params else _(text)


def _value(value: object) -> object:
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value, "DATE_FORMAT")
    return _(value) if isinstance(value, str) and value else value


def reason(given: Reason) -> str:
    """Say one reason of a refusal, without its basis."""
    params = dict(given.params)
    if "act" in params:
        params["act"] = act_label(str(params["act"]))
    return say(given.text, params)


def with_basis(given: Reason) -> str:
    """Say one reason and the rule that asks."""
    return f"{reason(given)} ({cited(given.basis)})" if given.basis else reason(given)


def cited(basis: str) -> str:
    """Return a basis as an officer cites it; the rule's id stays, the law table explains it."""
    if (get_language() or "").startswith("en"):
        return basis
    for pattern, written in _CITED:
        basis = pattern.sub(written, basis)
    return basis


def message(phrases: explanation.Message) -> str:
    """Say a message of phrases as one line."""
    return _(explanation.SEPARATOR).join(say(phrase.text, phrase.params) for phrase in phrases)


def roles(names: str | Iterable[str]) -> str:
    """Say role names as people read them: "Drafter, Head of department"."""
    wanted = names.split() if isinstance(names, str) else list(names)
    labels = {role.name: role.label for role in people.ROLES}
    return _(", ").join(_(labels[name]) for name in wanted if name in labels)


def act_label(name: str) -> str:
    """Say the label of an act of any procedure; an act that only the clock does keeps its name."""
    found = _act(name)
    return _(found.label) if found and found.label else name


def _act(name: str, kind_of_matter: str = "") -> Act | None:
    """Return the act of this name: of a kind of matter where one is named, else of any."""
    among = [each for each in matters.procedures() if kind_of_matter in ("", each.kind)]
    acts = (act for procedure in among for act in procedure.acts)
    return next((act for act in acts if act.name == name), None)


def kind(code: str) -> str:
    """Say the field's own term for a kind of document."""
    return next((term.term for term in documents.KINDS if term.code == code), code)


def form(code: str) -> str:
    """Say the field's own term for a form of interpretation."""
    return next((term.term for term in documents.FORMS if term.code == code), code)


def attribute(code: str) -> str:
    """Say the statutory term of an openness attribute; empty when none is set."""
    return documents.ATTRIBUTE_TERMS[publishing.Attribute(code)] if code else ""


def ground(code: str) -> str:
    """Say the statutory term of a ground for not publishing, withdrawing, withholding, skipping a step."""
    among = [(each.code, each.term) for each in (*reversed(documents.GROUNDS), *documents.WITHDRAWAL_GROUNDS)]
    among += [(each.code, each.term) for each in (*requests.OUTCOMES, *decisions.GROUNDS)]
    return next((term for known, term in among if known == code), code)


def review(kind_of_review: str) -> str:
    """Say the label of a kind of review."""
    found = next((review.label for review in documents.REVIEWS if review.code == kind_of_review), "")
    return _(found) if found else kind_of_review


def clock(name: str) -> str:
    """Say what a clock of a procedure is for."""
    return _(CLOCK_LABELS[name]) if name in CLOCK_LABELS else name


def moment(value: datetime | None) -> str:
    """Write a moment as the desk does everywhere: to the minute, sortable by eye."""
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""


def sentence(entry: Entry) -> str:
    """Say in one sentence what an entry of the ledger tells."""
    actor = entry.actor.name if entry.actor else _("The system")
    own_kind, _dot, name = entry.kind.partition(".")
    act = _act(name, own_kind) if own_kind in {each.kind for each in matters.procedures()} else None
    text = act.wording if act else SENTENCES.get(entry.kind) or SENTENCES.get(name, "")
    return say(text, {"actor": actor}) if text else f"{actor} · {entry.kind}"


def files_named(entries: Iterable[Entry]) -> Mapping[int, str]:
    """Return what the attachments that entries tell of are called, of those that are still there."""
    told = {entry.facts.get("attachment") for entry in entries}
    return drafts.attachment_names([each for each in told if isinstance(each, int)])


def note(entry: Entry, files: Mapping[int, str]) -> str:
    """Say what was given with an act: result, ground, reason, names.

    :param files: what `files_named` says of the entries that are told together
    """
    return " · ".join((*_noted(entry.facts), *_files(entry.facts, files)))


def _files(facts: Mapping[str, object], names: Mapping[int, str]) -> Iterator[str]:
    if isinstance(number := facts.get("attachment"), int):
        yield names.get(number) or _("Attachment no. %(number)d") % {"number": number}
    if isinstance(number := facts.get("removed_attachment"), int):
        yield _("Attachment no. %(number)d taken away") % {"number": number}


def _noted(facts: Mapping[str, object]) -> Iterator[str]:
    if "review" in facts:
        yield review(str(facts["review"]))
        yield _("passed") if facts.get("passed") else _("objected")
    if facts.get("attribute"):
        yield attribute(str(facts["attribute"]))
    if facts.get("ground"):
        yield ground(str(facts["ground"]))
    of_all = ("reason", "remark", "title", "post", "person", "giver", "taker", "from", "to", "officer")
    of_requests = ("what", "note", "about", "systems", "words", "department", "body", "document")
    for name in (
        *of_all,
        *of_requests,
        "other",
        "asked",
        "source",
        "number",
        "count",
        "file",
        "removed_file",
        "subject",
        "handler",
        "on",
        "until",
    ):
        if told := facts.get(name):
            yield _(", ").join(map(str, told)) if isinstance(told, list) else str(told)
    if facts.get("publish_at"):
        yield moment(datetime.fromisoformat(str(facts["publish_at"])))


OF_FILES = frozenset({"attachment", "removed_attachment", "file", "removed_file"})
"""Facts of a file that came to a draft or left it; older entries have its name under the last two."""


def timeline(entries: Iterable[Entry]) -> list[Moment]:
    """Tell entries newest first; the same person writing on and on is told once."""
    told: list[Moment] = []
    before: Entry | None = None
    entries = list(entries)
    files = files_named(entries)
    for entry in entries:
        again = before is not None and _is_same_work(before, entry)
        if again:
            told.pop()
        told.append(Moment(at=entry.at, sentence=sentence(entry), note=note(entry, files), tone=_tone(entry)))
        before = entry
    return told[::-1]


def _is_same_work(before: Entry, entry: Entry) -> bool:
    is_drafting = entry.kind.endswith(".draft") and not (OF_FILES & set(entry.facts))
    return is_drafting and entry.kind == before.kind and entry.actor_id == before.actor_id


def _tone(entry: Entry) -> Tone:
    name = entry.kind.partition(".")[2]
    if name in BAD or entry.facts.get("passed") is False:
        return "bad"
    return "good" if name == "publish" else "neutral"
