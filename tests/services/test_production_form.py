"""The production form's parts, asked through the product's own code: S3 and ClamAV as they really are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import redis
from django.conf import settings
from django.test import Client, override_settings

from sunshine.core.publishing import incoming, scanning, storage
from sunshine.core.publishing.models import Blob
from sunshine.core.publishing.operations import files
from sunshine.core.publishing.queries import records
from sunshine.kernel import errors
from sunshine.project import caching, environment, shelves, stored
from sunshine.work.documents import operations as documents
from tests import cast as plays
from tests.cast import MONDAY
from tests.services import servers

pytestmark = [pytest.mark.service, pytest.mark.django_db]

LATER = MONDAY + timedelta(hours=1)


def _environment(**values: str) -> environment.Environment:
    return environment.Environment.read({"SUNSHINE_SECRET_KEY": "known", **values})


@pytest.fixture
def plain_static_files() -> Iterator[None]:
    """Serve the style sheets' plain names."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        yield


@pytest.fixture
def on_s3(storage_url: str) -> Any:
    """Keep files in a real S3 store for one test."""
    described = environment.storage(_environment(SUNSHINE_STORAGE_URL=storage_url))
    with override_settings(STORAGES={**settings.STORAGES, "default": described}):
        yield


def test_a_document_with_an_attachment_is_published_out_of_s3(on_s3: None):
    cast = plays.make_cast()
    record = plays.make_record(cast, attachments={"明细.txt": "停车泊位明细".encode()})
    file = records.file(record.reference, 1, 1)
    assert storage.read(file.path) == "停车泊位明细".encode()
    assert storage.digest_of(file.path) == file.sha256


def test_a_backup_finds_in_s3_what_people_sent(on_s3: None):
    before = stored.found_sealed()
    path = incoming.keep(b"sent")
    assert set(stored.found_sealed()) - set(before) == {path}
    assert (path, False) in list(stored.to_keep())
    incoming.forget(path)


def test_bytes_changed_in_s3_after_the_review_do_not_pass_the_gate(on_s3: None):
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    cast = plays.make_cast()
    document = plays.make_document(cast, upto="approved", attachments={"明细.txt": b"before"})
    path = Blob.objects.get().path
    default_storage.delete(path)
    default_storage.save(path, ContentFile(b"beforE"))
    with pytest.raises(errors.RuleBroken, match=r"明细\.txt"):
        documents.publish(document.matter_id, actor=cast.office_head, at=LATER)
    default_storage.delete(path)
    with pytest.raises(errors.RuleBroken):
        documents.publish(document.matter_id, actor=cast.office_head, at=LATER)


def test_clamav_finds_the_test_virus_and_lets_a_clean_file_pass(clamav_url: str):
    scanner = scanning.scanner(clamav_url)
    assert not scanner.scan(scanning.EICAR).is_clean
    assert scanner.scan(b"a clean table").is_clean


def test_an_infected_attachment_is_not_submitted_and_never_passes_the_gate(clamav_url: str):
    cast = plays.make_cast()
    infected = {"表.txt": scanning.EICAR}
    with override_settings(CLAMAV_URL=clamav_url), pytest.raises(errors.RuleBroken, match="virus"):
        plays.make_document(cast, upto="at_office", attachments=infected)
    assert Blob.objects.get().scan == "infected"
    document = plays.make_document(cast, upto="approved", attachments={"表.txt": b"clean"})
    Blob.objects.update(scan="infected")  # what was clean when it was submitted may not stay so
    with pytest.raises(errors.RuleBroken, match="virus"):
        documents.publish(document.matter_id, actor=cast.office_head, at=LATER)


def test_without_its_scanner_an_upload_waits_and_nothing_that_bears_it_is_submitted():
    cast = plays.make_cast()
    attached = {"表.txt": b"clean"}
    with override_settings(CLAMAV_URL="tcp://127.0.0.1:1"):
        document = plays.make_document(cast, attachments=attached)
        documents.set_attribute(
            document.matter_id, attribute="proactive", item=cast.item, actor=cast.drafter, at=LATER
        )
        with pytest.raises(errors.RuleBroken, match=r"表\.txt.*not checked yet"):
            documents.submit(document.matter_id, actor=cast.drafter, at=LATER)
        assert files.scan_waiting(at=LATER) == 0
    assert Blob.objects.get().scan == "waiting"
    assert files.scan_waiting(at=LATER) == 1
    documents.submit(document.matter_id, actor=cast.drafter, at=LATER)


def test_machines_share_pages_and_counts_in_redis_and_releases_do_not(redis_url: str):
    described = environment.cache(_environment(SUNSHINE_REDIS_URL=redis_url))
    one, other = (caching.SharedCache(str(described["LOCATION"]), {}) for _machine in range(2))
    page = shelves.Page([("Content-Type", "text/html")], "公开".encode())
    shelves.Shared(one, "release 1").put("state 7", "/r/2026-00001/", page)
    assert shelves.Shared(other, "release 1").get("state 7", "/r/2026-00001/") == page
    assert shelves.Shared(other, "release 1").get("state 8", "/r/2026-00001/") is None
    assert shelves.Shared(other, "release 2").get("state 7", "/r/2026-00001/") is None
    assert one.add("tries", 0, 60)
    assert not other.add("tries", 0, 60)
    assert (one.incr("tries"), other.incr("tries")) == (1, 2)


def test_while_redis_is_away_feeds_and_forms_answer_as_without_a_cache(
    client: Client, plain_static_files: None
):
    plays.make_cast()
    with servers.redis() as address:
        described = environment.cache(_environment(SUNSHINE_REDIS_URL=address))
        with override_settings(CACHES={"default": described}):
            assert client.get("/feeds/all.atom").status_code == 200
    with override_settings(CACHES={"default": described}):
        assert client.get("/feeds/all.atom").status_code == 200
        tried = [
            client.post("/requests/follow/", {"code": "BCDF-GHJK-MNPQ-RSTV"}).status_code for _ in range(2)
        ]
        shelf = shelves.Shared(caching.SharedCache(address, {}), "release 1")
        shelf.put("state", "/", shelves.Page([], b"page"))
        assert shelf.get("state", "/") is None
    assert set(tried) <= {404, 422}


def test_while_redis_is_full_feeds_answer_as_without_a_cache(client: Client, plain_static_files: None):
    plays.make_cast()
    with servers.redis() as address:
        described = environment.cache(_environment(SUNSHINE_REDIS_URL=address))
        with redis.Redis.from_url(address) as full:
            full.config_set("maxmemory", "1")
        with override_settings(CACHES={"default": described}):
            assert client.get("/feeds/all.atom").status_code == 200
