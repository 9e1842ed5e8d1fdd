"""Two years of a small bureau and its report, for tests in this process and for an installation of its own.

python -m tests.rooms.reporting_story    (SUNSHINE_HOME names a data folder that is set up)
"""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sunshine.kernel.period import SHANGHAI

if TYPE_CHECKING:
    from sunshine.work.requests.models import Request
    from tests.cast import Cast

LATE_IN_2025 = datetime(2025, 12, 22, 9, tzinfo=SHANGHAI)
EARLY_IN_2026 = datetime(2026, 1, 7, 9, tzinfo=SHANGHAI)
IN_MARCH = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
JANUARY_2027 = datetime(2027, 1, 11, 9, tzinfo=SHANGHAI)


def two_years(bureau: Cast) -> Request:
    """Let requests come and go in 2025 and 2026; return one that is still open."""
    from sunshine.work.requests import operations as requests
    from sunshine.work.requests.models import Request
    from tests.rooms import requests_story as story

    carried = story.handled(bureau, at=LATE_IN_2025)
    story.answer(bureau, carried, at=EARLY_IN_2026)
    of_2025 = story.handled(bureau, at=LATE_IN_2025)
    story.answer(bureau, of_2025, at=LATE_IN_2025 + timedelta(days=1))
    withdrawn = story.file(bureau, at=IN_MARCH)
    requests.withdraw(
        withdrawn.pk, note="不需要了", actor=bureau.office_head, at=IN_MARCH + timedelta(hours=1)
    )
    answered = story.handled(bureau, at=IN_MARCH)
    story.answer(bureau, answered, at=IN_MARCH + timedelta(days=3))
    remedy = requests.open_remedy(
        Request.objects.get(pk=answered.pk),
        track="ordinary",
        filed_on=date(2026, 4, 1),
        received_on=date(2026, 4, 2),
        actor=bureau.legal,
        at=datetime(2026, 4, 3, 9, tzinfo=SHANGHAI),
    )
    decided = datetime(2026, 6, 2, 9, tzinfo=SHANGHAI)
    requests.decide(remedy.pk, result="upheld", decided_on=date(2026, 6, 1), actor=bureau.legal, at=decided)
    return story.handled(bureau, at=datetime(2026, 12, 28, 9, tzinfo=SHANGHAI))


def begun(bureau: Cast, *, at: datetime = JANUARY_2027, **given: Any) -> int:
    """Draft the report of 2026 and return its matter."""
    from sunshine.lenses.reporting import drafting

    who = {"department": bureau.department, "officer": bureau.drafter, "at": at}
    return drafting.begin(**{"year": 2026, "stated": stated(), "words": words(), **who, **given}).pk


def stated() -> dict[str, str]:
    """Return the cells of the form of 2026 that an officer states."""
    from sunshine.lenses.reporting.rules import forms

    cells = {cell.name: "0" for cell in forms.form_of(2026).stated}
    return cells | {"stated.coercion.decisions": "不适用"}


def words() -> Any:
    """Return what an officer adds."""
    from sunshine.lenses.reporting.rules.prose import Words

    return Words(problems="公开内容的检索还不够方便。", improvements="完善检索，及时更新目录。")


def published(bureau: Cast, *, at: datetime = JANUARY_2027) -> int:
    """Take the report of 2026 through the gate and return its matter."""
    from sunshine.core.publishing.operations import files
    from tests import cast

    cast.make_item("reports", column="reports", subject="政府信息公开年报")
    matter_id = begun(bureau, at=at)
    files.scan_waiting(at=at)
    cast.go_on(bureau, matter_id, at=at + timedelta(hours=1))
    return matter_id


def main() -> None:
    """Tell the whole story in the installation named in the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sunshine.project.settings")
    import django

    django.setup()
    from tests import cast

    bureau = cast.make_cast()
    two_years(bureau)
    cast.make_record(bureau, kind="notice", at=IN_MARCH + timedelta(days=9))
    published(bureau)


if __name__ == "__main__":
    main()
