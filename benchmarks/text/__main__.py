"""Starts the measurements of texts: `python -m benchmarks.text`."""

import sys

from benchmarks.text.measuring import main

main(sys.argv[1:])
