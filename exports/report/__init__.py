"""The year-end report on paper."""
