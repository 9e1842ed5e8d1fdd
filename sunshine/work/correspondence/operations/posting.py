"""Letters that people post themselves: known senders go on at once, everyone's first one waits for a look.

CH-HELD: nothing is refused for being one too many. What waits keeps the moment of its arrival; what
bears no sign goes on by itself after a working day in which nobody looked.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Any

from django.db import IntegrityError, transaction

from sunshine.core.ledger import operations as ledger
from sunshine.core.matters import codes, sealing
from sunshine.core.matters import operations as matters
from sunshine.core.people import queries as people
from sunshine.core.people.models import Department, Person
from sunshine.core.publishing import incoming
from sunshine.kernel import calendar, errors, period
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.text import normal
from sunshine.work.correspondence.models import Alias, ApiKey, Case, Post, SentFile, Service
from sunshine.work.correspondence.operations import foreign, registering
from sunshine.work.correspondence.queries import cases, posts
from sunshine.work.correspondence.rules import periods
from sunshine.work.correspondence.rules.posting import STUCK, Letter, letter_is_sound, signs, waits

logger = logging.getLogger(__name__)
AT_ONCE, LONGEST = 500, 120
SUBJECT = "posts"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a letter: a case, or a post that waits; the code is the sender's alone."""

    code: str
    case: Case | None = None
    post: Post | None = None


def post(
    letter: Letter,
    *,
    office: Department,
    network: str,
    at: datetime,
    program: ApiKey | None = None,
    is_trusted: bool = False,
    once: str = "",
    page: str = "",
) -> Taken:
    """Take in what somebody posted on the site or through a program.

    :param network: the address it came from; only a mark of its neighbourhood is kept, and that for a day
    :param program: the program through which it comes
    :param is_trusted: whether that program's makers look at it themselves
    :param once: what the program calls this message, so that sending it again reports nothing twice
    :param page: the key of the page that was sent (see `matters.once`)
    :raises RuleBroken: nothing is said, a place is none, a service is unknown, or a file is refused
    :raises SentBefore: this page was sent before
    """
    errors.RuleBroken.unless(letter_is_sound(letter))
    if program is not None and once and (before := _sent_before(program, once)) is not None:
        return before
    if letter.service and cases.service(letter.service, on=period.day_of(at)) is None:
        raise errors.RuleBroken(Reason(gettext_noop("There is no such service"), field="service"))
    files = registering.checked(letter)
    sender = registering.mark_of(letter.who)
    marks = {
        "sender_mark": sender,
        "network_mark": network_mark(network, at),
        "words_mark": sealing.mark(normal.plain(letter.text), purpose="words"),
    }
    lately = posts.traffic(sender=sender, network=marks["network_mark"], words=marks["words_mark"], at=at)
    found = signs(letter, lately)
    with matters.once(page, at=at) as keep:
        if is_trusted or not waits(lately, found):
            going: dict[str, Any] = {"program": program, "is_trusted": is_trusted, "once": once}
            taken = _go_on(letter, files, marks, office, at, **going)
        else:
            token = _token_of(program, once) if program is not None and once else secrets.token_urlsafe(18)
            taken = _hold(letter, files, found, marks, at, program=program, token=token)
        keep(taken.code)
    return taken


def _go_on(
    letter: Letter,
    files: Sequence[incoming.Checked],
    marks: dict[str, str],
    office: Department,
    at: datetime,
    *,
    program: ApiKey | None,
    is_trusted: bool,
    once: str,
) -> Taken:
    with transaction.atomic():
        alias = foreign.locked(program.source, once[:LONGEST]) if program is not None and once else None
        if alias is not None and alias.case_id is not None:  # sent twice at once: the other was quicker
            return Taken("", case=cases.by_id(alias.case_id))
        if not is_trusted:
            _count(letter, marks, at, program=program)
        case, code = registering.enter(letter, office=office, arrived_at=at, actor=None, at=at, files=files)
        registering.register_as_it_says(case, actor=None, at=at)
        if program is not None:
            Case.objects.filter(pk=case.pk).update(program=program)
        if alias is not None:
            foreign.belongs(alias, case)
    return Taken(code, case=case)


def _count(letter: Letter, marks: dict[str, str], at: datetime, *, program: ApiKey | None) -> None:
    """Let what goes on at once count towards the limits, for a day: an empty seal that no code opens."""
    token = secrets.token_urlsafe(18)
    none = {"code_mark": token, "sealed": b"", "program": program}
    Post.objects.create(token=token, channel=letter.channel, came_at=at, state=posts.AT_ONCE, **none, **marks)


def _token_of(program: ApiKey, once: str) -> str:
    return sealing.mark(f"{program.source}:{once}", purpose="once")[:40]


def _sent_before(program: ApiKey, once: str) -> Taken | None:
    """Return what became of a message that the program sent before; its code was told then."""
    named = Alias.objects.filter(source=program.source, number=once[:LONGEST], case__isnull=False)
    alias = named.select_related("case__matter", "case__service").first()
    if alias is not None:
        return Taken("", case=alias.case)
    held = posts.by_token(_token_of(program, once))
    return Taken("", post=held) if held is not None else None


def _hold(
    letter: Letter,
    files: Sequence[incoming.Checked],
    found: tuple[str, ...],
    marks: dict[str, str],
    at: datetime,
    *,
    program: ApiKey | None,
    token: str,
) -> Taken:
    kept = [
        asdict(posts.Kept(each.name, incoming.keep(each.data), len(each.data), each.media_type))
        for each in files
    ]
    code = codes.new_code()
    told: dict[str, Any] = {**asdict(letter), "files": [], "kept": kept}
    try:
        with transaction.atomic():
            made = Post.objects.create(
                token=token,
                code_mark=sealing.mark(codes.bare(code), purpose="reporter"),
                sealed=sealing.seal_values(told, place=f"post:{token}"),
                channel=letter.channel,
                came_at=at,
                signs=list(found),
                program=program,
                **marks,
            )
    except IntegrityError:
        before = posts.by_token(token)
        if before is None:
            raise
        for each in kept:  # sent twice at once: the other was quicker
            incoming.forget(str(each["path"]))
        return Taken("", post=before)
    return Taken(code, post=made)


def network_mark(network: str, at: datetime) -> str:
    """Return the mark of a neighbourhood of addresses, another one each day; empty for what is no address."""
    try:
        address = ip_address(network)
    except ValueError:
        return ""
    near = ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False)
    return sealing.mark(f"{near}:{period.day_of(at)}", purpose="network")


def release(
    ids: Iterable[int], *, office: Department, actor: Person | None, at: datetime, note: str = ""
) -> list[Case]:
    """Let posts go on as cases: looked at, or confirmed by telephone or at the counter.

    Each keeps the moment of its arrival and the code that its sender has. One that cannot go on stops no
    other: it stays where it is and bears a sign that says so.
    """
    ids, made = list(ids), []
    with transaction.atomic():
        for each in (*posts.chosen(ids, state=posts.WAITING), *posts.chosen(ids, state=posts.SET_ASIDE)):
            try:
                with transaction.atomic():
                    made.append(_release(each, office, actor, at))
            except (errors.DomainError, sealing.Unopenable, IntegrityError):
                logger.exception("Post %d cannot go on", each.pk)
                Post.objects.filter(pk=each.pk).update(signs=sorted({*each.signs, STUCK}))
        if made:
            facts = {
                "count": len(made),
                "note": note,
                "cases": [case.matter.reference for case in made[:100]],
            }
            _enter("posts.released", len(made), facts, actor, at)
    return made


def _release(post: Post, office: Department, actor: Person | None, at: datetime) -> Case:
    letter, files = posts.opened(post)
    case = _case_of(letter, post, office, at)
    for file in files:
        SentFile.objects.create(
            case=case,
            sealed_name=sealing.seal(file.name.encode(), place=f"name:{file.path}"),
            path=file.path,
            size=file.size,
            media_type=file.media_type,
            came_at=post.came_at,
        )
    registering.register_as_it_says(case, actor=None, at=at)
    rows = Post.objects.filter(pk=post.pk)
    rows.update(state=posts.RELEASED, case=case, decided_by=actor, decided_at=at)
    return case


def _case_of(letter: Letter, post: Post, office: Department, at: datetime) -> Case:
    """Open the case of a post under the sender's own code, whose mark the post has.

    What it reports was a service when it came, and stays what it reports when that was closed meanwhile.
    """
    service = Service.objects.filter(code=letter.service).first() if letter.service else None
    given: dict[str, Any] = {"office": office, "arrived_at": post.came_at, "actor": None, "at": at}
    case = registering.open_case(letter, service, **given)
    if post.program_id is not None:
        Case.objects.filter(pk=case.pk).update(program=post.program_id)
    registering.add_under(post.code_mark, case, letter, came_at=post.came_at)
    return case


def set_aside(ids: Iterable[int], *, reason: str, actor: Person, at: datetime) -> int:
    """Set posts aside, for thirty days restorable; entered with their number, which is public."""
    with transaction.atomic():
        found = [each.pk for each in posts.chosen(ids, state=posts.WAITING)]
        return _set_aside(found, reason, actor, at)


def set_aside_alike(words_mark: str, *, reason: str, actor: Person, at: datetime) -> int:
    """Set aside all waiting posts that say the same, word for word; return how many."""
    with transaction.atomic():
        rows = Post.objects.select_for_update().filter(words_mark=words_mark, state=posts.WAITING)
        return _set_aside(list(rows.values_list("pk", flat=True)), reason, actor, at)


def _set_aside(found: list[int], reason: str, actor: Person, at: datetime) -> int:
    if not reason.strip():
        raise errors.RuleBroken(Reason(gettext_noop("This must be given."), field="reason"))
    for first in range(0, len(found), AT_ONCE):
        rows = Post.objects.filter(pk__in=found[first : first + AT_ONCE])
        rows.update(state=posts.SET_ASIDE, decided_by=actor, decided_at=at)
    if found:
        facts = {"count": len(found), "reason": reason, "first": found[0], "last": found[-1]}
        _enter("posts.set_aside", len(found), facts, actor, at)
    return len(found)


def restore(ids: Iterable[int], *, reason: str, actor: Person, at: datetime) -> int:
    """Take posts back that were set aside: they wait again, with the moment of their arrival."""
    with transaction.atomic():
        found = [each.pk for each in posts.chosen(ids, state=posts.SET_ASIDE)]
        Post.objects.filter(pk__in=found).update(state=posts.WAITING, decided_by=None, decided_at=None)
        if found:
            _enter("posts.restored", len(found), {"count": len(found), "reason": reason}, actor, at)
    return len(found)


def _enter(kind: str, count: int, facts: dict[str, Any], actor: Person | None, at: datetime) -> None:
    ledger.record(kind, SUBJECT, actor=actor, at=at, facts=facts, public={"count": count})


def release_unlooked(*, at: datetime) -> int:
    """Let go on what bears no sign and nobody looked at within a working day; return how many."""
    rows = Post.objects.filter(state=posts.WAITING, signs=[], came_at__lt=at - timedelta(hours=9))
    rows = rows.exclude(sealed=b"").order_by("id")
    due = [pk for pk, came_at in rows.values_list("pk", "came_at")[:AT_ONCE] if _is_due(came_at, at)]
    return len(release(due, office=people.office(), actor=None, at=at)) if due else 0


def _is_due(came_at: datetime, at: datetime) -> bool:
    return not period.in_time(at, period.due(periods.LOOK, came_at, calendar.bundled()))


def forget_set_aside(*, at: datetime) -> int:
    """Erase what posts said that were set aside and not restored in thirty days; their number stays."""
    until = period.start_of(
        period.nominal_last_day(periods.RESTORABLE.length, periods.RESTORABLE.unit, period.day_of(at))
    )
    over = at - (until - period.start_of(period.day_of(at)))
    forgotten = 0
    while some := _forget(over):
        forgotten += some
    return forgotten


def forget_at_once(*, at: datetime) -> int:
    """Forget the marks of what went on at once a day ago; the limits look no further back than an hour."""
    rows = Post.objects.filter(state=posts.AT_ONCE, came_at__lt=at - timedelta(days=1))
    return rows.delete()[0]


def _forget(over: datetime) -> int:
    """Erase some that were set aside before a moment: first their files, whose paths only the seal knows."""
    with transaction.atomic():
        rows = Post.objects.select_for_update().filter(state=posts.SET_ASIDE, decided_at__lt=over)
        found = list(rows.exclude(sealed=b"").order_by("id")[:AT_ONCE])
        for each in found:
            for path in posts.paths(each):
                incoming.forget(path)
        erased = {"sealed": b"", "sender_mark": "", "network_mark": "", "words_mark": "", "signs": []}
        return Post.objects.filter(pk__in=[each.pk for each in found]).update(**erased)
