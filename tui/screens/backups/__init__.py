"""备份: the copies of the register."""
