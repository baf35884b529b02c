"""What each form asks, and how what is typed becomes an event. No widgets here."""
