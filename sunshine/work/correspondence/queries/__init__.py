"""Questions about letters: `cases` for desk and checks, `public` for everybody, `posts` for what waits."""
