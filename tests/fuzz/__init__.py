"""Every reader against files nobody would write: refused in a sentence, or read; never a fault."""
