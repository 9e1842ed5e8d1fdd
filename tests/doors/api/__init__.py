"""The door for programs: what it answers, how it refuses, that it describes itself."""
