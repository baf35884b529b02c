"""The desk: screens, widgets and the command line."""
