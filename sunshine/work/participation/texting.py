"""Sending a short text to a telephone: the bureau's gateway, named by one setting; without it, nothing.

The gateway takes a POST of JSON `{"to": …, "text": …}` and answers 2xx. No telephone number and no code
is ever written to the server's log.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request

from django.conf import settings

PATIENCE = 5.0
"""Seconds that somebody waits for the gateway."""


class NotSent(Exception):
    """The gateway could not be reached or did not take the text."""


def is_possible() -> bool:
    """Return whether the bureau has a gateway."""
    return bool(settings.SMS_URL)


def send(to: str, text: str) -> None:
    """Send a text.

    :raises NotSent: there is no gateway, or it did not take the text
    """
    if not is_possible():
        raise NotSent
    body = json.dumps({"to": to, "text": text}, ensure_ascii=False).encode()
    asked = urllib.request.Request(  # noqa: S310  # the setting is checked to be http or https
        settings.SMS_URL, data=body, headers={"Content-Type": "application/json; charset=utf-8"}
    )
    try:
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:  # noqa: S310  # as above
            answer.read(1)
    except (urllib.error.URLError, TimeoutError, OSError) as error:
        raise NotSent from error
