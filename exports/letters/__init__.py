"""文书: the standard documents of a case, from templates that an office edits in Word."""
