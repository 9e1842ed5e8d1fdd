"""`python -m benchmarks [NAME …] [-- OPTION …]`: run the named measurements, or all, with the options."""

from __future__ import annotations

import importlib
import inspect
import sys
import time
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent


def main(arguments: Sequence[str]) -> int:
    """Run what is asked for and say how long each took; end with 2 for a name that is not there."""
    asked, options = _split(arguments)
    known = _names()
    unknown = [name for name in asked if name not in known]
    if unknown:
        print(f"no such measurement: {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    for name in asked or known:
        print(f"== {name}", flush=True)
        begun = time.perf_counter()
        measure = importlib.import_module(f"benchmarks.{name}").main
        measure(options) if inspect.signature(measure).parameters else measure()
        print(f"== {name}: {time.perf_counter() - begun:.0f} s\n", flush=True)
    return 0


def _split(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the names and the options, which follow a `--` or begin with the first that has dashes."""
    first = next((place for place, each in enumerate(arguments) if each.startswith("-")), len(arguments))
    return list(arguments[:first]), [each for each in arguments[first:] if each != "--"]


def _names() -> list[str]:
    """Return the modules that measure: those in this folder that define `main`."""
    modules = [path.stem for path in HERE.glob("*.py") if "\ndef main(" in path.read_text("utf-8")]
    packages = [path.parent.name for path in HERE.glob("*/__init__.py") if "main" in path.read_text("utf-8")]
    return sorted(name for name in {*modules, *packages} if not name.startswith("__"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
