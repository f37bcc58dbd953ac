"""IPS in Northern Norway: tables, geography, domain, texts, figures, exports and the parts of the pages."""
