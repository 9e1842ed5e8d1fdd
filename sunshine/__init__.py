"""Sunshine (阳光公开) keeps a city bureau's promises of openness.

People perform *acts* on *matters* under a *procedure*; the *gate* turns an approved draft into a
*record*; lenses read records; doors show them. ARCHITECTURE.md shows the floors and rooms.
"""
