"""Citizens' letters on PostgreSQL: lists at many cases, and ordinary posting amid a flood of spam.

Aims: worklist, register, figures and Open311 list flat in queries and time from 10,000 to 1,000,000 cases;
after 100,000 spam posts within the hour an ordinary letter is taken in at a p95 below a second.
Beside it, as the least that any system needs: one row committed to the same server.

`python -m benchmarks letters -- 10000 100000 --spam 100000` (both may be as small as one likes).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.services import servers

ROOT = Path(__file__).parent.parent
SIZES, SPAM = (10_000, 100_000, 1_000_000), 100_000
BATCH, TIMES, LAWFUL = 5_000, 15, 200


def main(arguments: Sequence[str] = ()) -> None:
    """Measure and print, a block for each size."""
    given = list(arguments)
    spam = int(given[given.index("--spam") + 1]) if "--spam" in given else SPAM
    sizes = [int(each) for each in given if each.isdecimal() and given[given.index(each) - 1] != "--spam"]
    for size in sizes or SIZES:
        with servers.postgres() as database, tempfile.TemporaryDirectory(prefix="letters-") as home:
            print(f"\n{size:,} cases, {spam:,} spam posts, PostgreSQL", flush=True)
            environment = {**os.environ, "SUNSHINE_HOME": home, "SUNSHINE_DATABASE_URL": database}
            command = [sys.executable, "-m", "benchmarks.letters", "inside", str(size), str(spam)]
            subprocess.run(command, cwd=ROOT, env=environment, check=True)


def measure(size: int, spam: int) -> None:
    """Fill the installation named in the environment, then measure in it."""
    from sunshine.project.commands import ready

    ready.django_ready()
    from django.conf import settings
    from django.core.management import call_command

    from sunshine.core.ledger import signing
    from sunshine.core.matters import sealing

    call_command("migrate", verbosity=0)
    sealing.make_key(Path(settings.IDENTITY_KEY))
    signing.make_key(Path(settings.LOG_KEY), settings.LOG_ORIGIN)
    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    from tests.rooms import letters_story as story

    house = story.bureau()
    _fill(house, size)
    _lists(house)
    _flood(house, spam)


def _fill(house: Any, size: int) -> None:
    """Write cases in bulk: most of them closed, the newest tenth being handled."""
    from django.db import connection
    from django.utils import timezone

    from sunshine.core.matters.models import Expectation, Matter
    from sunshine.core.matters.operations import expecting
    from sunshine.work.correspondence.models import Case, Reporter

    now = timezone.now()
    for first in range(0, size, BATCH):
        places = range(first, min(first + BATCH, size))
        matters = Matter.objects.bulk_create([_matter(house, place, size, now) for place in places])
        Expectation.objects.bulk_create(row for matter in matters for row in expecting.rows(matter, ()))
        made = Case.objects.bulk_create([_case(house, each) for each in matters])
        Reporter.objects.bulk_create(
            Reporter(
                case=case, first=case, sealed=b"0" * 300, mark=f"m{case.pk % 5000}", code_mark=f"c{case.pk}",
                channel=case.channel, came_at=case.arrived_at, text=case.text,
            )
            for case in made
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _matter(house: Any, place: int, size: int, now: Any) -> Any:
    from sunshine.core.matters.models import Matter

    age = timedelta(minutes=(size - place) * 300_000 / size)
    is_open = place >= size * 9 // 10
    return Matter(
        reference=f"X2025-{place:07d}", kind="citizen_case", procedure_version="1",
        stage=("case_registered", "offered", "case_in_hand")[place % 3] if is_open else "replied",
        title=f"第{place}件：路灯不亮，请修理",
        department=house.other if place % 2 else house.cast.department,
        opened_at=now - age, closed_at=None if is_open else now - age + timedelta(days=3),
        next_due_at=now - age + timedelta(days=7) if is_open else None, is_under_way=is_open,
    )  # fmt: skip


def _case(house: Any, matter: Any) -> Any:
    from sunshine.work.correspondence.models import Case

    closed_on = matter.closed_at.date() if matter.closed_at else None
    return Case(
        matter=matter, channel="hotline_12345", sort="complaint", service=house.service,
        text=f"{matter.title}，位置在长江路{matter.pk % 999}号。", arrived_at=matter.opened_at,
        received_on=matter.opened_at.date(), outcome="resolved" if closed_on else "", closed_on=closed_on,
        first_replied_at=matter.closed_at, was_in_time=True if closed_on else None,
    )  # fmt: skip


def _lists(house: Any) -> None:
    from django.test import Client
    from django.utils import timezone

    from sunshine.core.matters import worklists
    from sunshine.lenses.reporting import letters as figures
    from sunshine.work.correspondence.queries import cases, public

    now, public_client, desk = timezone.now(), Client(), Client()
    desk.force_login(house.cast.clerk, backend="django.contrib.auth.backends.ModelBackend")
    page, following = public.page()
    asked: dict[str, Callable[[], object]] = {
        "register, first page": lambda: public_client.get("/letters/"),
        "register, a page far in": lambda: public_client.get(f"/letters/?before={following}"),
        "one case": lambda: public_client.get(f"/letters/{page[0].reference}/"),
        "Open311, 50 of the last 90 days": lambda: public_client.get(
            "/open311/v2/requests.json?page_size=50"
        ),
        "figures of the year, counted": lambda: figures.figures(now.year, on=now.date()),
        "figures of the year, the page": lambda: public_client.get(f"/letters/figures/{now.year}/"),
        "what is alike": lambda: cases.alike(
            "路灯不亮，请修理", at=now, kind="citizen_case", reader=house.cast.clerk, service=house.service
        ),
        "worklist, 50 rows": lambda: list(worklists.of(house.cast.clerk, at=now)[:50]),
        "worklist, the page at the desk": lambda: desk.get("/desk/"),
    }
    for name, ask in asked.items():
        queries = _queries(ask)
        _say(f"{name} ({queries} queries)", [_timed(ask) for _ in range(TIMES)])


def _flood(house: Any, spam: int) -> None:
    """Let spam stand there as if it came within the hour, then post ordinary letters."""
    from django.utils import timezone

    from sunshine.work.correspondence import operations as letters
    from sunshine.work.correspondence.models import Post, Service
    from sunshine.work.correspondence.queries import posts

    at = timezone.now()
    for first in range(0, spam, BATCH):
        Post.objects.bulk_create(
            Post(
                token=f"t{place}", code_mark=f"c{place}", sealed=b"0" * 700, channel="message_board",
                came_at=at - timedelta(seconds=3600 * place / spam), network_mark=f"n{place % 50}",
                words_mark=f"w{place % 7}", signs=["link"],
            )
            for place in range(first, min(first + BATCH, spam))
        )  # fmt: skip
    begun = time.perf_counter()
    live = min(spam, 500)
    for place in range(live):
        letter = story_letter(f"加微信领红包 www.example.com {place % 7}", f"139{place:08d}")
        letters.post(letter, office=house.cast.office, network="203.0.113.9", at=timezone.now())
    print(f"  {'spam taken in by one process':<44} {live / (time.perf_counter() - begun):>10.0f} a second")

    def ordinary(place: int) -> Callable[[], object]:
        letter = story_letter(f"第{place}盏路灯不亮，请修理。", f"137{place:08d}")
        return lambda: letters.post(
            letter, office=house.cast.office, network="198.51.100.1", at=timezone.now()
        )

    before = Post.objects.count()
    _say("an ordinary letter amid the flood", [_timed(ordinary(place)) for place in range(LAWFUL)])
    assert Post.objects.count() == before + LAWFUL, "nothing lawful is lost"
    _say("groups of the same words", [_timed(posts.same_words) for _ in range(3)])
    _say(
        "a row committed, as a peer", [_timed(lambda: Service.objects.update(position=1)) for _ in range(50)]
    )


def story_letter(text: str, phone: str) -> Any:
    """Return a letter of the message board."""
    from tests.rooms import letters_story as story

    return story.letter(text, channel="message_board", who={"phone": phone})


def _queries(ask: Callable[[], object]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def _timed(ask: Callable[[], object]) -> float:
    begun = time.perf_counter()
    ask()
    return time.perf_counter() - begun


def _say(name: str, times: Sequence[float]) -> None:
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    print(f"  {name:<44} {statistics.median(times) * 1000:>9.1f} ms  p95 {p95 * 1000:>9.1f} ms", flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "inside":
        measure(int(sys.argv[2]), int(sys.argv[3]))
