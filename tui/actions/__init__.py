"""What the desk can do, and with which keys."""
