"""The shared cache (Redis): while it does not answer, it is a cache that has forgotten everything.

Nothing rests on the cache alone: pages and feeds are made again, a form that is sent twice is stopped by
nobody, and who tries passwords is counted in the database. So its absence must not shut a page.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

import redis
from django.core.cache.backends.redis import RedisCache, RedisCacheClient

logger = logging.getLogger(__name__)

SECONDS = 1
"""How long an answer is waited for; a page without a cache takes less."""


AWAY = (redis.ConnectionError, redis.TimeoutError, redis.OutOfMemoryError, redis.ReadOnlyError)
"""It is not there, it is full, or it became the copy of another that takes its place."""

INSTEAD: Mapping[str, Callable[..., Any]] = {
    "add": lambda _key, _value, _timeout: True,
    "get": lambda _key, default: default,
    "set": lambda _key, _value, _timeout: None,
    "touch": lambda _key, _timeout: False,
    "delete": lambda _key: False,
    "has_key": lambda _key: False,
    "incr": lambda _key, delta: delta,
    "get_many": lambda _keys: {},
    "set_many": lambda _data, _timeout: None,
    "delete_many": lambda _keys: None,
    "clear": lambda: False,
}
"""What a cache answers that holds nothing and keeps nothing."""


class _Patient:
    """Asks Redis, and answers for it while it is away."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        self._client = RedisCacheClient(servers, **options)

    def __getattr__(self, question: str) -> Callable[..., Any]:
        def ask(*told: Any) -> Any:
            try:
                return getattr(self._client, question)(*told)
            except AWAY as away:
                logger.warning("the shared cache does not answer, or takes nothing more: %s", away)
                return INSTEAD[question](*told)

        return ask


class SharedCache(RedisCache):
    """Django's cache in Redis that does without Redis while it has to."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        waiting = {"socket_connect_timeout": SECONDS, "socket_timeout": SECONDS}
        super().__init__(server, {**params, "OPTIONS": {**waiting, **params.get("OPTIONS", {})}})
        self._class = _Patient
