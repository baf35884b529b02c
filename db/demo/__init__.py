"""Invented registers to try."""
