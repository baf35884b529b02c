"""新申请: registering a case."""
