"""The workbook of a year's statistics."""
