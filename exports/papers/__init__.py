"""The papers of a case, brought out with their names."""
