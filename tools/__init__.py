"""Small programs for those who work on the product; nothing in it imports them.

`messages` keeps the translations without GNU gettext, `law` compares the rule ids in the code with
docs/law.md, `summary` adds up the figures of several test runs, and `services.sh` installs the servers
that tests start.

The one surprise: they run as modules from the root of the tree (`python -m tools.messages check`).
"""
