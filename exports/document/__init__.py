"""What all documents (.docx) share: page, fonts, styles."""
