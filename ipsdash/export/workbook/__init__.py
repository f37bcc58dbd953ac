"""The workbook of a programme's own numbers: as it is handed out, and as it comes back with its faulty cells marked."""
