"""One case: its page, its records, its steps."""
