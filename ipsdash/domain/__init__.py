"""Growth, sites, availability, need, coverage and allocation: functions from frames to frames."""
