"""Cases: registering, correcting, reading, the projected row."""
