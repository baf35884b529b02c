"""Rule E: what the texts of a report claim, read and held against its tables."""
