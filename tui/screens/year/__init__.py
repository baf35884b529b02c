"""年报: the year-end tables."""
