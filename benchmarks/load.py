"""Load from outside: wrk asks one address for some seconds, and says how fast it was answered."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass

_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True, slots=True)
class Speed:
    """Answers a second, and how long the slowest hundredth took, in milliseconds."""

    per_second: float
    p99_ms: float
    refused: int

    def __str__(self) -> str:
        return f"{self.per_second:>9,.0f} /s   p99 {self.p99_ms:>7.2f} ms" + (
            f"   {self.refused} not answered well" if self.refused else ""
        )


def ask(url: str, *, seconds: int = 5, connections: int = 32, headers: tuple[str, ...] = ()) -> Speed:
    """Ask an address on this machine again and again over so many connections."""
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not installed: apt-get install wrk")
    told = [word for header in headers for word in ("-H", header)]
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", *told, url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    slowest = re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    assert slowest, said
    assert rate, said
    return Speed(float(rate[1]), float(slowest[1]) * _UNITS[slowest[2]], int(bad[1]) if bad else 0)
