"""A small bureau for drills of the commands, in a process of its own.

    python -m tests.rooms.drilling begin | more | told     (SUNSHINE_HOME names a data folder that is set up)

`begin` publishes a document with an attachment and a summary about a person, withdraws another, and keeps
two files that people sent, sealed; `more` erases that summary under the law and publishes one more; `told`
prints as JSON what the database says.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta

PERSON = "居民赵某某家住向阳里七号"


def main(step: str) -> None:
    """Do one step of the story."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sunshine.project.settings")
    import django

    django.setup()
    {"begin": begin, "more": more, "told": told}[step]()


def begin() -> None:
    """Publish one document, and one that is withdrawn again; keep what people sent."""
    from sunshine.core.publishing import incoming
    from sunshine.work.documents import operations as documents
    from sunshine.work.requests.operations import files as sent
    from tests import cast as plays

    cast = plays.make_cast()
    shown = plays.make_record(cast, fields={"summary": PERSON}, attachments={"收费表.txt": "一元".encode()})
    matter = shown.drafts.get().matter
    sent.keep(matter, "身份证.txt", b"sent", kind="came", media_type="text/plain", at=plays.MONDAY)
    incoming.keep("如未经查看的来信附件".encode())  # only a seal names it
    record = plays.make_record(cast, title="写错了的通知")
    matter_id = record.drafts.get().matter_id
    why = "数字有误"
    later = plays.MONDAY + timedelta(hours=3)
    documents.propose_withdrawal(matter_id, ground="inaccurate", reason=why, actor=cast.office_head, at=later)
    documents.withdraw(matter_id, ground="inaccurate", reason=why, actor=cast.leader, at=later)


def more() -> None:
    """Erase the summary, and publish another document."""
    from sunshine.core.people.models import Person
    from sunshine.core.publishing.models import Record
    from sunshine.core.publishing.operations import mending
    from tests import cast as plays

    people = {person.name: person for person in Person.objects.all()}
    later = plays.MONDAY + timedelta(days=1)
    mending.erase(
        Record.objects.order_by("id")[0].reference,
        version=1,
        names=["summary"],
        ground="PIPL art. 47",
        proposed_by=people["隐私审查庚"],
        decided_by=people["局长癸"],
        at=later,
    )
    from sunshine.core.publishing.operations import directory

    directory.list_item(
        actor=None,
        at=later,
        code="later",
        subject="后来的事项",
        column="statutory",
        basis="FOI 2019 art. 20",
        audience="社会公众",
    )


def told() -> None:
    """Print what stands in the database."""
    from sunshine.core.ledger import queries as ledger
    from sunshine.core.publishing.models import Draft, Record, RecordVersion, Revision

    places = [
        *RecordVersion.objects.values_list("sealed", flat=True),
        *Draft.objects.values_list("fields", flat=True),
        *Revision.objects.values_list("fields", flat=True),
    ]
    found = {
        "size": ledger.size(),
        "checkpoint": ledger.checkpoint(),
        "records": list(Record.objects.order_by("id").values_list("reference", "title")),
        "person": PERSON in json.dumps(places, ensure_ascii=False),
    }
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
