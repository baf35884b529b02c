"""设置: what the office and the clerk set."""
