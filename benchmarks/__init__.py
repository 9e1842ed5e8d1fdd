"""What is promised in figures, measured: each figure stands beside a peer's from the same run.

Every module here has a `main(arguments)` that prints what it measured and on what. They need no installation;
those that read the corpus of laws say so when it is not there.
"""
