"""Finding cases by words, filters and orders."""
