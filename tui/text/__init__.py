"""Text for the screen: cells, words, records, plots."""
