"""What every door's tests need: pages that name their style sheets without `collectstatic`."""

from __future__ import annotations

import pytest
from django.conf import LazySettings


@pytest.fixture(autouse=True)
def plain_static_files(settings: LazySettings) -> None:
    """Serve the style sheets' plain names."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
