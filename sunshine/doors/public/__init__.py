"""The public site (门户): what everyone may read, in Simplified, Traditional and English.

Owns the pages of the site: home, columns, directory, records with their versions and files, what was
withdrawn, search, verification, the human page of the public log, the map. Each view asks
`publishing.queries.records`, `publishing.queries.directory`, `ledger.queries` or the search lens,
shapes what they said for a template and renders it. It never reads a draft or a matter, and never
asks who is looking: a page is a function of the record set, the language and the size of the type.
The pages of `requests_*` stand apart: a form, and what a follow-up code opens; no cache keeps them.

The one surprise: because pages depend on nothing else, everything marked `@answer.public` is kept as
bytes by `sunshine.project.pages` until the next public entry of the log or midnight, whichever is first.
"""
