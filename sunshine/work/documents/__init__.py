"""Official documents: from the first draft to the page the public reads, and to its withdrawal.

It owns the documents' procedure, their kinds, attributes and grounds, the interpretation that goes
with a policy, and the number and validity printed on the page. It asks matters to move a document
from stage to stage, publishing whether the gate is passed, and people who holds which role. The desk
calls its operations; the public site never does: it reads the records that publishing wrote.

It must not know how a draft is frozen or a record written, nor any other kind of work.

The one surprise: a correction sends a published document back to drafting while its last version
stays public, so a document may be a draft and a record at once.
"""
