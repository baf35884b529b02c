"""The words of the trade, and how they are written, read and spelt."""
