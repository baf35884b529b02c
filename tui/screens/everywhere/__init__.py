"""What opens over any page: palette and jump."""
