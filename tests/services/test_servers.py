"""Each server starts, answers in its own language and says no to what it should refuse."""

from __future__ import annotations

import io
import urllib.request
from collections.abc import Callable
from urllib.parse import urlsplit

import boto3
import clamd
import psycopg
import pytest
import redis

from tests.services import servers

pytestmark = pytest.mark.service


def test_postgresql_keeps_a_row_and_orders_by_code_point(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TEMPORARY TABLE words (word text)")
        connection.execute("INSERT INTO words VALUES ('政'), ('公'), ('a'), ('B')")
        words = [row[0] for row in connection.execute("SELECT word FROM words ORDER BY word")]
        assert words == ["B", "a", "公", "政"]


def test_redis_keeps_a_value_until_it_is_told_to_forget(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        client.set("sunshine:smoke", "阳光")
        assert client.get("sunshine:smoke") == "阳光".encode()
        client.delete("sunshine:smoke")
        assert client.get("sunshine:smoke") is None


def test_clamav_names_the_test_virus_and_passes_a_plain_text(clamav_url: str) -> None:
    parts = urlsplit(clamav_url)
    scanner = clamd.ClamdNetworkSocket(host=parts.hostname, port=parts.port, timeout=10)
    found = scanner.instream(io.BytesIO(servers.EICAR))["stream"]
    assert found == ("FOUND", f"{servers.EICAR_NAME}.UNOFFICIAL")
    assert scanner.instream(io.BytesIO("政府信息公开".encode()))["stream"] == ("OK", None)


def test_the_object_store_returns_what_it_was_given_and_refuses_a_stranger(storage_url: str) -> None:
    parts = urlsplit(storage_url)
    bucket = parts.path.strip("/")

    def client(key: str | None) -> boto3.client:
        return boto3.client(
            "s3",
            endpoint_url=f"http://{parts.hostname}:{parts.port}",
            aws_access_key_id=parts.username,
            aws_secret_access_key=key,
            region_name="us-east-1",
        )

    owner = client(parts.password)
    owner.put_object(Bucket=bucket, Key="附件/一.txt", Body="公开".encode())
    assert owner.get_object(Bucket=bucket, Key="附件/一.txt")["Body"].read().decode() == "公开"
    stranger = client("not the key")
    with pytest.raises(stranger.exceptions.ClientError, match=r"SignatureDoesNotMatch|AccessDenied|403"):
        stranger.get_object(Bucket=bucket, Key="附件/一.txt")


def test_nginx_serves_what_its_server_block_says(nginx: Callable[[str], str]) -> None:
    address = nginx('location = /smoke { default_type text/plain; return 200 "daylight"; }')
    with urllib.request.urlopen(f"{address}/smoke", timeout=5) as answer:
        assert answer.read() == b"daylight"
