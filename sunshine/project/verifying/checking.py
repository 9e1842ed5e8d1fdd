"""The whole verification of a site or a mirror, step by step."""

from __future__ import annotations

from sunshine.project.verifying import log, manifest, records
from sunshine.project.verifying.found import Found, Step, silent
from sunshine.project.verifying.sites import Site


def verify(
    site: Site, *, key: str = "", earlier: str = "", step: Step = silent, hides_withdrawn: bool = True
) -> Found:
    """Check all that a site shows against what its log has signed.

    :param key: the verifier key, kept elsewhere; without it the site's own is believed, and `Found` says so
    :param earlier: a signed checkpoint kept from an earlier visit
    """
    found = Found()
    trusted = log.verifier(site, key, found)
    if trusted is None:
        return found
    head = log.checkpoint(site, trusted, found)
    if head is not None:
        entries = log.leaves(site, head, found, step)
        if earlier:
            log.earlier(earlier, entries, trusted, found)
        told = records.promises(entries, found)
        records.check(site, told, found, step, hides_withdrawn=hides_withdrawn)
    manifest.check(site, trusted, found, step)
    return found
