"""House widgets: every text from the register passes through these."""
