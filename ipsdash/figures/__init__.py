"""Charts: what is shown, before anything is drawn."""
