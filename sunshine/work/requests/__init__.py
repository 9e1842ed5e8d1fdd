"""Information requests (依申请公开): from the day one arrives to the letter that answers it, and beyond.

It owns the procedure of requests in both texts of the regulation, the closed dated list of outcome
classes, the search of holdings, the asking of third parties, the processing fee, the letters, redacted
copies, and reconsideration and lawsuits, which are matters of their own. It asks matters to move a
request and to number it, publishing's store to keep bytes, and people who holds which role. The public
site takes requests in and shows applicants theirs; the desk does the rest.

It must not know any other kind of work, nor how figures are drawn from it.

The one surprise: who asks is kept apart. The applicant's identity is sealed in a table of its own,
opened only by `operations.view_identity`, which enters in the ledger that it was. Nothing of it stands
in a matter, an entry, an address or a file's name.
"""
