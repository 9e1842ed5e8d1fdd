"""A page is read while somebody writes: in the embedded form no reader waits for the writer."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

READ = """
import os, time
os.environ["DJANGO_SETTINGS_MODULE"] = "sunshine.project.settings"
import django
django.setup()
from sunshine.core.people.models import Person
begun = time.monotonic()
Person.objects.count()
print(time.monotonic() - begun)
"""


def test_a_new_connection_reads_while_a_writer_holds_the_database(tmp_path: Path):
    environment = {**os.environ, "SUNSHINE_HOME": str(tmp_path), "SUNSHINE_DATABASE_URL": ""}
    make = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'sunshine.project.settings'; import django; "
    make += "django.setup(); from sunshine.project import tables; tables.make()"
    subprocess.run([sys.executable, "-c", make], env=environment, check=True, timeout=120)
    writer = sqlite3.connect(tmp_path / "sunshine.sqlite3", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    try:
        read = [sys.executable, "-c", READ]
        told = subprocess.run(read, env=environment, check=True, capture_output=True, text=True, timeout=120)
    finally:
        writer.execute("ROLLBACK")
        writer.close()
    assert float(told.stdout) < 5  # the writer never lets go; whoever waits for it waits half a minute
