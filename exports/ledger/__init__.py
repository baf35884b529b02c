"""The case ledger, read and written."""
