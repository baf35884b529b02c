"""The law as pure functions over a history: no database, no file."""
