"""复议诉讼: reviews and suits."""
