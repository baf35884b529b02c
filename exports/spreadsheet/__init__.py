"""What all spreadsheets share: sheets, styles, cells."""
