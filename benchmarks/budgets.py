"""What each measure may be at most; what is more is printed with a mark."""

OVER = " (over)"
# Bytes and requests over the wire, by kind of page; then bytes of a later visit, and seconds of a script's run.
OVERVIEW_BYTES, OVERVIEW_REQUESTS, CHART_BYTES, LATER_BYTES, SCRIPT = 850e3, 25, 2.4e6, 60e3, 0.030
# Bytes of the answer to a change: of a map, of anything else.
MAP_ANSWER, ANSWER = 120e3, 30e3
# On the slow line: seconds until the overview can be read, and how many times sooner than the usual page.
READABLE, SOONER = 3.5, 4
# Times an empty app's start; megabytes for one more reader.
START, READER_MB = 1.5, 12
# With a large programme no page may be slower than with the public facts by more than half.
MOST_SLOWER = 1.5


def told(value: float, written: str, most: float) -> str:
    """A measure as it is written, with a mark if it is more than it may be."""
    return written + (OVER if value > most else "")
