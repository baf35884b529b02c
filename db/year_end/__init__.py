"""The year-end report: its tables, checks, filing and restatements."""
