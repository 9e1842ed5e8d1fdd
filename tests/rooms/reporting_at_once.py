"""Lets somebody confirm by telephone while the report of the call is begun; prints both figures as JSON.

python -m tests.rooms.reporting_at_once      (SUNSHINE_HOME names an empty folder)
"""

from __future__ import annotations

import contextlib
import os
import re
import select
from typing import Any
from unittest import mock

from tests.rooms import at_once

PHONES = ("13855500001", "13855500002")


def main() -> None:
    """Set up a call with one who counts and one unconfirmed; begin its report while that one confirms."""
    at_once.install()
    from sunshine.core.publishing.models import Draft
    from sunshine.work.participation import texting
    from sunshine.work.participation.models import CommentCall
    from sunshine.work.participation.operations import sending
    from sunshine.work.participation.queries import calls as queries
    from tests import cast as plays
    from tests.rooms import test_calls_ending as story
    from tests.rooms.test_comment_calls import close, make_call, say

    sent: list[str] = []
    mock.patch.object(texting, "send", lambda _to, text: sent.append(text)).start()
    cast = plays.make_cast()
    call = make_call(cast, identity="phone")
    for phone in PHONES:
        say(call, f"反对收费，{phone[-1]}号楼全体住户", phone=phone, is_much=True)
    for number in (1, 2):
        sending.send_phone_code(call.submissions.get(number=number), text="%(code)s")
    sending.confirm_phone(call.submissions.get(number=1), sent[0], at=plays.MONDAY)
    close(call)
    story.answer_all(cast, call)
    call.matter.refresh_from_db()

    composed = os.pipe()
    parts = (_begins_the_report, _confirms)
    failed = at_once.play(
        len(parts), lambda number: parts[number](cast=cast, call=call, code=sent[1], composed=composed)
    )
    call = CommentCall.objects.get(pk=call.pk)
    body = str(Draft.objects.get(matter__reference=call.report_document).fields["body"])
    told = re.search(r"(\d+)人", body)
    counted = queries.counted(call).persons
    at_once.tell({"failed": failed, "told": int(told[1]) if told else None, "counted": counted})


def _begins_the_report(*, cast: Any, call: Any, composed: tuple[int, int], **_others: Any) -> None:
    from sunshine.doors.desk import calls_report
    from sunshine.work.participation import composing
    from tests.rooms.test_calls_ending import AFTER

    report = composing.report

    def slowly(*told: Any) -> str:
        body = report(*told)
        os.write(composed[1], b"1")
        select.select([], [], [], 1.0)  # the other's turn, unless the call is held
        return body

    mock.patch.object(composing, "report", slowly).start()
    calls_report.begun(call.matter, "", actor=cast.drafter, at=AFTER)


def _confirms(*, call: Any, code: str, composed: tuple[int, int], **_others: Any) -> None:
    from sunshine.kernel import errors
    from sunshine.work.participation.operations import sending
    from tests.rooms.test_calls_ending import AFTER

    os.read(composed[0], 1)
    with contextlib.suppress(errors.RuleBroken):  # too late to count
        sending.confirm_phone(call.submissions.get(number=2), code, at=AFTER)


if __name__ == "__main__":
    main(*at_once.numbers())
