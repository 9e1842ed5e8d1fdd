"""The door to the web server: the application behind its published pages."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sunshine.project.settings")
_django = get_wsgi_application()

from sunshine.project import pages  # noqa: E402  # reads the tables' names, which are known only now

application = pages.in_front_of(_django)
