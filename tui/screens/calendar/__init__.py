"""日历: working days and the holiday notice."""
