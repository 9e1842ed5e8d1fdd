"""Every act leaves an entry; public entries are leaves of a Merkle log anyone can verify.

Owns entries, the log's leaves, tiles and checkpoints, and the deliveries that tell our own rooms
what happened. Asks `people` who acted and `kernel` how to hash and sign. Any room above may `record`.
It must not know what an entry means: kinds and facts are the caller's.

A public entry's leaf holds no personal data: kind, reference, version, digest, time. An entry is
written in the caller's transaction, leaf and signed checkpoint with it, so that nothing is public
without being in the log and nothing is in the log that did not happen.

The one surprise: recording a public entry locks the log until the transaction ends, so that leaves
get their numbers in one order without gaps.
"""
