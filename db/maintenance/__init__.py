"""Proving, copying and rebuilding a register."""
