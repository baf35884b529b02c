"""汇总: everyone else's reports, read, checked and added up at the desk."""
