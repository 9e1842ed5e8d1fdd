"""Kills a publishing process at random moments and looks at what is left.

    python -m tests.rooms.killing ROUNDS SEED      (SUNSHINE_HOME names an empty folder)

A child takes documents to approval and publishes them, and says what it begins and what returned. The
parent kills it with SIGKILL, in most lives at a random moment of a publication; the next child takes up
what it finds, as an officer would who presses the button again. At the end every acknowledged act must be
there once, and the log must verify. Prints one JSON line.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from datetime import timedelta


def main(rounds: int, seed: int) -> None:
    """Set up an installation, kill `rounds` children, and print what was found."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sunshine.project.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.db import connections

    from sunshine.core.ledger import signing
    from sunshine.project import tables
    from tests import cast as plays

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    signing.make_key(settings.LOG_KEY, settings.LOG_ORIGIN)
    tables.make()
    cast = plays.make_cast()
    # The first document loads what acts need, so that a child has only to act.
    for _ in range(2):
        begun = time.monotonic()
        plays.make_document(cast, upto="published", kind="plan", interpretation="<p>解读</p>")
        whole = time.monotonic() - begun
    connections.close_all()
    chance = random.Random(seed)  # noqa: S311  # reproducible, no secret
    said: list[str] = []
    for life in range(rounds):
        if life % 5:
            said += _one_life(cast, "publishing", chance.uniform(0, whole / 2))
        else:
            said += _one_life(cast, "hello", chance.uniform(0, whole * 2))
    sys.stdout.write(json.dumps(_what_is_left(said), ensure_ascii=False) + "\n")


def _one_life(cast: object, awaited: str, seconds: float) -> list[str]:
    """Let a child work until it says a word and some time longer, kill it, and return what it said."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work(cast, writing)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        lines = []
        for line in pipe:
            lines.append(line)
            if line.startswith((awaited, "refused")):
                break
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines += pipe.readlines()
    return [line.strip() for line in lines if line.endswith("\n")]


def _work(cast: object, writing: int) -> None:
    """Publish what waits, else take a new document as far as approval; for ever."""
    from django.utils import timezone

    from sunshine.core.matters.models import Matter
    from sunshine.kernel import errors
    from sunshine.work.documents import operations as documents
    from tests import cast as plays

    assert isinstance(cast, plays.Cast)

    def say(act: str, reference: str) -> None:
        os.write(writing, f"{act} {reference}\n".encode())

    try:
        say("hello", "")
        while True:
            at = timezone.now()
            waiting = Matter.objects.filter(stage="approved").order_by("id").first()
            if waiting is not None:
                say("publishing", waiting.reference)
                documents.publish(waiting.pk, actor=cast.office_head, at=at)
                say("publish", waiting.reference)
                continue
            document = plays.make_document(
                cast, upto="approved", kind="plan", interpretation="<p>解读</p>", at=at - timedelta(hours=1)
            )
            say("sign_off", document.matter.reference)
    except errors.DomainError as refusal:
        say("refused", str(refusal).replace("\n", " "))
    finally:
        os._exit(1)


def _what_is_left(said: list[str]) -> dict[str, object]:
    from sunshine.core.ledger import queries as ledger
    from sunshine.core.ledger import signing
    from sunshine.core.ledger.models import Entry, Leaf
    from sunshine.core.publishing.models import Record, RecordVersion
    from sunshine.kernel import merkle, note

    told = [tuple(line.split(" ", 1)) for line in said if line.startswith(("publish ", "sign_off "))]
    done = Counter(Entry.objects.values_list("kind", "subject"))
    leaves = [bytes(data) for data in Leaf.objects.order_by("index").values_list("data", flat=True)]
    records = Counter(Record.objects.filter(main=None).values_list("matter_reference", flat=True))
    bundles = Counter(Record.objects.values_list("matter_reference", flat=True))
    numbers = sorted(
        int(each.rpartition("-")[2]) for each in Record.objects.values_list("reference", flat=True)
    )
    signer = signing.signer()
    checkpoint = note.verify_checkpoint(ledger.checkpoint(), signer.verifier)
    return {
        "acknowledged": len(told),
        "begun": len([line for line in said if line.startswith("publishing")]),
        "published": len(records),
        "refused": [line for line in said if line.startswith("refused")],
        "lost": [line for line in told if done[(f"document.{line[0]}", line[1])] == 0],
        "doubled": [key for key, count in done.items() if key[0] == "document.publish" and count > 1]
        + [key for key, count in records.items() if count > 1],
        "alone": [reference for reference, count in bundles.items() if count != 2],
        "gaps": numbers != list(range(1, len(numbers) + 1)),
        "versions": RecordVersion.objects.count(),
        "log_holds": (checkpoint.size, checkpoint.root)
        == (len(leaves), merkle.root([merkle.leaf_hash(leaf) for leaf in leaves])),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
