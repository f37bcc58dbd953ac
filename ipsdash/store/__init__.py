"""Editions: every dataset that was published, as it was delivered, never changed and never lost."""
