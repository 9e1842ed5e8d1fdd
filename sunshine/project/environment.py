"""Reads the outside once: environment variables become one typed, checked value."""

from __future__ import annotations

import json
import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

LONGEST_WAIT = 4
"""Seconds for which a connection to PostgreSQL is waited for: a command says soon that it is away."""


class BadSetting(SystemExit):
    """A setting that the product cannot start with; says which one and what it expects."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")


@dataclass(frozen=True, slots=True)
class Bureau:
    """What the pages say about who runs the site (WEB-FOOT); `letter` is the 机关代字 of its documents.

    `payment` says how a processing fee is paid (国办函〔2020〕109号 art. 6).
    """

    name: str = "阳光市城市管理局"
    short_name: str = "市城管局"
    letter: str = "阳城管"
    government: str = "阳光市人民政府"
    sponsor: str = ""
    contact: str = ""
    address: str = ""
    hours: str = ""
    payment: str = ""
    site_code: str = ""
    icp: str = ""
    police: str = ""

    @classmethod
    def read(cls, path: Path) -> Bureau:
        """Return what `bureau.toml` says, or the defaults; raise `BadSetting` for what it cannot say."""
        if not path.exists():
            return cls()
        try:
            given = tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise BadSetting(str(path), str(error)) from error
        known = {each.name for each in fields(cls)}
        for name, value in given.items():
            if name not in known or not isinstance(value, str):
                raise BadSetting(
                    str(path), f"{name}: expected a text under one of {', '.join(sorted(known))}"
                )
        return cls(**given)

    def as_toml(self) -> str:
        """Return the file that `read` reads."""
        lines = [
            f"{each.name} = {json.dumps(getattr(self, each.name), ensure_ascii=False)}"
            for each in fields(self)
        ]
        return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class Environment:
    """What one installation was told from outside.

    `home` holds everything the installation owns. Each `*_url` is empty for the embedded form.
    """

    home: Path
    database_url: str
    storage_url: str
    redis_url: str
    clamav_url: str
    sms_url: str
    secret_key: str
    hosts: tuple[str, ...]
    site_url: str
    log_origin: str
    debug: bool
    secure: bool
    require_second_factor: bool
    proxies: int

    @classmethod
    def read(cls, values: Mapping[str, str] = os.environ) -> Environment:
        """Return the checked environment; raise `BadSetting` with a sentence for a bad value."""
        home = Path(values.get("SUNSHINE_HOME", "var")).resolve()
        debug = _flag(values, "SUNSHINE_DEBUG", default=False)
        secure = _flag(values, "SUNSHINE_SECURE", default=False)
        site_url = _site_url(values.get("SUNSHINE_SITE_URL", "http://localhost:8000"))
        return cls(
            home=home,
            database_url=_url(values, "SUNSHINE_DATABASE_URL", {"postgres", "postgresql", "sqlite"}),
            storage_url=_url(values, "SUNSHINE_STORAGE_URL", {"s3", "s3+http"}),
            redis_url=_url(values, "SUNSHINE_REDIS_URL", {"redis", "rediss", "unix"}),
            clamav_url=_url(values, "SUNSHINE_CLAMAV_URL", {"tcp", "unix"}),
            sms_url=_url(values, "SUNSHINE_SMS_URL", {"http", "https"}),
            secret_key=values.get("SUNSHINE_SECRET_KEY") or _kept_secret(home / "secret.key"),
            hosts=tuple(filter(None, values.get("SUNSHINE_HOSTS", "localhost,127.0.0.1,[::1]").split(","))),
            site_url=site_url,
            log_origin=_kept_origin(home / "log.origin") or site_url.split("://", 1)[1],
            debug=debug,
            secure=secure,
            require_second_factor=_flag(values, "SUNSHINE_REQUIRE_SECOND_FACTOR", default=secure),
            proxies=_count(values, "SUNSHINE_PROXIES"),
        )


def database(environment: Environment) -> dict[str, object]:
    """Return Django's description of the database."""
    parts = urlsplit(environment.database_url)
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or dict(parse_qsl(parts.query)).get("host", ""),
            "PORT": str(parts.port or ""),
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": LONGEST_WAIT}},
        }
    name = parts.path if parts.scheme == "sqlite" else str(environment.home / "sunshine.sqlite3")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA synchronous=FULL;",
        },
    }


def storage(environment: Environment) -> dict[str, object]:
    """Return Django's description of where files lie: S3 or a folder of the installation."""
    parts = urlsplit(environment.storage_url)
    if not parts.scheme:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(environment.home / "files")},
        }
    protocol = "http" if parts.scheme == "s3+http" else "https"
    options: dict[str, object] = {
        "bucket_name": parts.path.strip("/"),
        "endpoint_url": f"{protocol}://{parts.hostname}{f':{parts.port}' if parts.port else ''}",
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
        "file_overwrite": False,
        "querystring_auth": True,
        "addressing_style": "path",
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def cache(environment: Environment) -> dict[str, object]:
    """Return Django's description of the cache: Redis, or this process's memory."""
    if environment.redis_url:
        return {"BACKEND": "sunshine.project.caching.SharedCache", "LOCATION": environment.redis_url}
    return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "sunshine"}


def _url(values: Mapping[str, str], name: str, schemes: set[str]) -> str:
    value = values.get(name, "")
    if value and urlsplit(value).scheme not in schemes:
        raise BadSetting(name, f"expected an address starting with one of {', '.join(sorted(schemes))}://")
    return value


def _site_url(value: str) -> str:
    if urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).netloc:
        raise BadSetting(
            "SUNSHINE_SITE_URL", "expected the public address, such as https://cgj.example.gov.cn"
        )
    return value.rstrip("/")


def _flag(values: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = values.get(name, "").lower()
    if value not in {"", "0", "1", "true", "false"}:
        raise BadSetting(name, "expected 1 or 0")
    return default if value == "" else value in {"1", "true"}


def _count(values: Mapping[str, str], name: str) -> int:
    value = values.get(name, "") or "0"
    if not value.isascii() or not value.isdigit() or len(value) > 1:
        raise BadSetting(name, "expected a number from 0 to 9")
    return int(value)


def _kept_origin(path: Path) -> str:
    """Return the name that the log was given at set-up; it stays though the site's address may change."""
    return path.read_text("ascii").strip() if path.exists() else ""


def _kept_secret(path: Path) -> str:
    """Return the installation's own secret; one for this process alone where nothing is set up."""
    try:
        return path.read_text("ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return secrets.token_urlsafe(48)


def keep_secret(path: Path, secret: str, values: Mapping[str, str] = os.environ) -> None:
    """Keep an installation's secret, unless it has one or is told one from outside."""
    if values.get("SUNSHINE_SECRET_KEY") or path.exists():
        return
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secret)
