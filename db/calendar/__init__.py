"""Days: working days, dates as people write them, the holiday notice."""
