"""Everyone else's reports: read in any shape, found by their labels, told apart from nonsense."""
