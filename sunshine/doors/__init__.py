"""One package per audience: a door translates, calls inward once, says the result.

A door reads the outside form, makes one call inward with `actor=` and `at=`, and words what came of
it. It holds no rule and saves nothing itself; the doors are strangers to each other.
"""
