"""Papers written from what the register answers. Knows no screen."""
