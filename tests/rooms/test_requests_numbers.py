"""Two hundred filings at once: two hundred numbers, none missing, none twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path


def test_two_hundred_filings_at_once_give_two_hundred_gapless_numbers(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SUNSHINE_")}
    environment |= {"SUNSHINE_HOME": str(tmp_path), "SUNSHINE_SECRET_KEY": "of this test"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.rooms.filing_at_once", "8", "200"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    wanted = [f"S2026-{number:05d}" for number in range(1, 201)]
    assert sorted(found["given"]) == wanted
    assert found["held"] == wanted
