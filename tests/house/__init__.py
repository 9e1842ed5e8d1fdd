"""The architecture's own tests: what a linter cannot see is seen here.

Each file holds one promise of ARCHITECTURE.md. They read the source (`tree`) or Django's registries and
need no database, so the folder runs in seconds and `make check` runs it before any story.

The one surprise: a test here names every place that breaks the promise, not only the first.
"""
