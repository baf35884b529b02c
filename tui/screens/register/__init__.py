"""台账: the list of all cases."""
