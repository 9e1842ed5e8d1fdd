"""One proposal of the demo while its story is told, and the verbs that its text may use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sunshine.core.people import queries as people
from sunshine.core.people import rules as roles
from sunshine.core.people.models import Department, Person
from sunshine.kernel import period
from sunshine.project.demo import sources, verbs
from sunshine.project.demo.bureau import Bureau
from sunshine.project.demo.days import Days
from sunshine.work.documents import operations as documents
from sunshine.work.documents import rules as document_rules
from sunshine.work.proposals import composing, queries
from sunshine.work.proposals import operations as proposals
from sunshine.work.proposals.models import Commitment, Proposal, Publication, Session
from sunshine.work.proposals.rules import terms
from sunshine.work.proposals.rules.lists import Entry

OPENS, BETWEEN = time(9, 0), timedelta(minutes=11)


@dataclass(slots=True)
class Told:
    """One proposal while its story is told."""

    bureau: Bureau
    days: Days
    row: Mapping[str, Any]
    grounds: Mapping[str, str]
    begins_late: int
    made: Proposal = field(init=False)
    _acts: dict[date, int] = field(default_factory=dict)
    _known: dict[tuple[str, str], Person] = field(default_factory=dict)

    def moment(self, day: date) -> datetime:
        """Return the next moment of this story on a day."""
        before = self._acts.get(day, 0)
        self._acts[day] = before + 1
        opened = datetime.combine(day, OPENS, period.SHANGHAI)
        return opened + timedelta(minutes=self.begins_late) + before * BETWEEN

    @property
    def department(self) -> Department:
        """The department that answers."""
        return self.bureau.departments[self.row["department"]]

    def who(self, role: str, at: datetime, department: str = "") -> Person:
        """Return who acts in a role for the department, or for another."""
        place = (role, department or self.row["department"])
        if place not in self._known:
            self._known[place] = self.bureau.in_role(*place, at)
        return self._known[place]

    @property
    def title(self) -> str:
        """The title of the proposal."""
        return str(self.row["title"])

    def text(self, done: str) -> str:
        """Return a reply in full: whom it is for, what stands behind it, what was done."""
        is_congress = self.made.session.body == terms.CONGRESS.code
        sort, deputy = ("建议", "代表") if is_congress else ("提案", "委员")
        is_group = self.made.proposer_sort == terms.GROUP.code
        return "\n".join(
            (
                f"{self.made.proposer}{'' if is_group else deputy}：",
                f"您提出的《{self.title}》收悉，现答复如下：",
                f"一、基本情况。{self.grounds[self.row['department']]}",
                f"二、办理情况。{done}",
                f"感谢您对城市管理工作的关心和支持，欢迎继续提出宝贵{sort}。",
            )
        )


def enter(told: Told, at: datetime) -> None:
    """Enter one that was assigned that day."""
    row = told.row
    session = Session.objects.get(code=f"city-congress-{told.days.today.year}")
    is_joint = "lead_body" in row
    told.made = proposals.enter(
        session,
        Entry(
            number=row["number"],
            title=row["title"],
            proposer=row["proposer"],
            role=terms.JOINT.code if is_joint else terms.LEAD.code,
            lead_body=row.get("lead_body", ""),
            assigned_on=period.day_of(at),
        ),
        office=people.office(),
        actor=told.who(roles.OFFICE_CLERK.name, at),
        at=at,
    )


def accept(told: Told, at: datetime) -> None:
    """Accept it for the bureau."""
    proposals.accept(told.made.pk, actor=told.who(roles.OFFICE_CLERK.name, at), at=at)


def hand_back(told: Told, at: datetime, *, reason: str) -> None:
    """Hand it back as not ours."""
    proposals.hand_back(told.made.pk, reason=reason, actor=told.who(roles.OFFICE_CLERK.name, at), at=at)


def assigner_agrees(told: Told, at: datetime) -> None:
    """Let the assigner take it back."""
    proposals.assigner_agrees(told.made.pk, actor=told.who(roles.OFFICE_CLERK.name, at), at=at)


def assign(told: Told, at: datetime) -> None:
    """Give it to its department and there to the drafter."""
    proposals.assign(
        told.made.pk,
        department=told.department,
        officer=told.who(roles.DRAFTER.name, at),
        actor=told.who(roles.OFFICE_CLERK.name, at),
        at=at,
    )


def ask_opinions(told: Told, at: datetime, *, departments: list[str], bodies: list[str]) -> None:
    """Ask departments and bodies for their opinions."""
    proposals.ask_opinions(
        told.made.pk,
        question=f"请就《{told.title}》中涉及贵单位职责的事项提出会办意见。",
        departments=[told.bureau.departments[code] for code in departments],
        bodies=bodies,
        actor=told.who(roles.DRAFTER.name, at),
        at=at,
    )


def opinion(told: Told, at: datetime, *, department: str, text: str) -> None:
    """Let an asked department hand its opinion in."""
    asked = told.made.opinions.get(department=told.bureau.departments[department])
    drafter, head = (told.who(role.name, at, department) for role in (roles.DRAFTER, roles.DEPARTMENT_HEAD))
    proposals.draft_opinion(asked.pk, opinion=text, actor=drafter, at=at)
    proposals.hand_in_opinion(asked.pk, actor=head, at=at)


def draft_opinion(told: Told, at: datetime, *, text: str) -> None:
    """Draft the bureau's own opinion for another lead."""
    proposals.draft_opinion(told.made.pk, opinion=text, actor=told.who(roles.DRAFTER.name, at), at=at)


def contact(told: Told, at: datetime, *, text: str = "当面介绍办理情况，听取意见。") -> None:
    """Talk with the deputy."""
    given: dict[str, Any] = {"contacted_on": period.day_of(at), "way": "visit", "said": text}
    proposals.record_contact(told.made.pk, **given, actor=told.who(roles.DRAFTER.name, at), at=at)


def propose_extension(told: Told, at: datetime, *, reason: str) -> None:
    """Propose six months."""
    drafter = told.who(roles.DRAFTER.name, at)
    proposals.propose_extension(told.made.pk, reason=reason, actor=drafter, at=at)


def extend(told: Told, at: datetime) -> None:
    """Extend it, the deputy told and, where that is asked, the assigner consenting."""
    is_cppcc = told.made.session.body == terms.CPPCC.code
    proposals.extend(
        told.made.pk,
        reason="涉及部门多，需进一步会商",
        told_on=period.day_of(at),
        consented_on=period.day_of(at) if is_cppcc else None,
        actor=told.who(roles.OFFICE_HEAD.name, at),
        at=at,
    )


def draft(told: Told, at: datetime, *, done: str, promised: str = "", **given: Any) -> None:
    """Draft the reply; what it promises is for so many working days ahead of today."""
    due_on = told.days.day(given.pop("for", 0))
    commitments = [(due_on, promised)] if promised else []
    draft_reply(told, at, done, given.pop("class"), commitments, **given)


def draft_reply(
    told: Told,
    at: datetime,
    done: str,
    reply_class: str,
    promised: list[tuple[date, str]],
    *,
    mark: str = "proactive",
    ground: str = "",
) -> None:
    proposals.draft_reply(
        told.made.pk,
        reply_class=reply_class,
        text=told.text(done),
        mark=mark,
        ground=ground,
        commitments=promised,
        actor=told.who(roles.DRAFTER.name, at),
        at=at,
    )


def sign(told: Told, at: datetime) -> None:
    """Let the leader who answers for the department sign."""
    proposals.sign(told.made.pk, actor=told.who(roles.LEADER.name, at), at=at)


def reply(told: Told, at: datetime) -> None:
    """Hand the reply to the deputy."""
    drafter = told.who(roles.DRAFTER.name, at)
    proposals.reply(told.made.pk, replied_on=period.day_of(at), way="visit", actor=drafter, at=at)


def rate(told: Told, at: datetime, *, rating: str, text: str = "") -> None:
    """Enter what the deputy says."""
    drafter = told.who(roles.DRAFTER.name, at)
    proposals.rate(
        told.made.pk, rating=rating, rated_on=period.day_of(at), rating_words=text, actor=drafter, at=at
    )


def satisfied(told: Told, at: datetime) -> None:
    """Let the deputy be satisfied."""
    rate(told, at, rating=terms.SATISFIED.code)


def dissatisfied(told: Told, at: datetime, *, text: str) -> None:
    """Let the deputy not be satisfied."""
    rate(told, at, rating=terms.DISSATISFIED.code, text=text)


def keep(told: Told, at: datetime) -> None:
    """Keep the commitment, with its proof."""
    proposals.keep_commitment(
        told.made.pk,
        commitment=_commitment(told).pk,
        kept_on=period.day_of(at),
        proof="竣工（完成）验收记录存局档案室，结果已在门户网站公布。",
        told_on=period.day_of(at),
        actor=told.who(roles.OFFICE_CLERK.name, at),
        at=at,
    )


def put_off(told: Told, at: datetime, *, to: int, reason: str) -> None:
    """Put the commitment off to a day so many working days ahead of today."""
    proposals.put_off_commitment(
        told.made.pk,
        commitment=_commitment(told).pk,
        due_on=told.days.day(to),
        reason=reason,
        actor=told.who(roles.OFFICE_HEAD.name, at),
        at=at,
    )


def _commitment(told: Told) -> Commitment:
    return Commitment.objects.get(pk__in=queries.open_commitments(told.made.pk))


def begin_document(told: Told, at: datetime) -> verbs.Telling:
    """Begin the document of the newest reply."""
    waiting = Publication.objects.filter(reply__proposal=told.made, document="")
    publication = waiting.select_related("reply__proposal__session", "reply__proposal__matter").get()
    paper = composing.document(publication.reply)
    drafter = told.who(roles.DRAFTER.name, at)
    opened = documents.open_document(
        kind=document_rules.PROPOSAL_REPLY.code,
        title=paper.title,
        department=told.department,
        officer=drafter,
        at=at,
        fields={"body": paper.body, "formed_on": paper.formed_on.isoformat(), "topic": "建议提案办理"},
    )
    proposals.begin_document(publication.pk, document=opened.matter.reference, actor=drafter, at=at)
    text = sources.Part("", {"item": "proposals"}, paper.body)
    story = sources.Story(
        f"proposal {told.row['number']}",
        document_rules.PROPOSAL_REPLY.code,
        told.row["department"],
        paper.title,
        begun=0,
        last=0,
        upto="published",
        text=text,
    )
    return verbs.Telling(story, told.bureau, told.days, matter_id=opened.matter_id)


VERBS: Mapping[str, Callable[..., object]] = {
    "accept": accept,
    "ask_opinions": ask_opinions,
    "assign": assign,
    "assigner_agrees": assigner_agrees,
    "begin_document": begin_document,
    "contact": contact,
    "dissatisfied": dissatisfied,
    "draft": draft,
    "draft_opinion": draft_opinion,
    "enter": enter,
    "extend": extend,
    "hand_back": hand_back,
    "keep": keep,
    "opinion": opinion,
    "propose_extension": propose_extension,
    "put_off": put_off,
    "reply": reply,
    "satisfied": satisfied,
    "sign": sign,
}
"""The verbs that the text of the running year may use."""
