"""What every page stands on: the desk, its session, questions and faults."""
