"""The one door for numbers: reads a folder or a workbook, checks everything, and gives all tables or all faults."""
