"""Growth, coverage and sites: functions from frames to frames."""
