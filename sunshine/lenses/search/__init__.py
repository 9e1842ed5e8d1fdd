"""The search over what is public.

Owns an index in the installation's folder (`store`), which can be thrown away and built again from the
records at any time. Hears of records through the ledger's deliveries (`handlers`), asks `publishing`
what the public may read and `text` what a query asks for. Any door may ask `queries`.
It must not decide what is public: before a hit is shown, `publishing` is asked whether everybody may
still read exactly what the index knows. It knows nothing of drafts and matters.

The one surprise: the index may be a moment behind, and may be gone. Then less is found, never more.
"""
