"""A chart with every kind of mark, for tests of what draws charts."""

import numpy as np
import pandas as pd

from ipsdash.figures.chart import Area, Axis, Band, Bar, Chart, Column, Dot, Line, Rule, Table, Text

TABLE = Table(pd.DataFrame({"value": [5, 45]}), (Column("value", "Antall", "number"),))
SQUARE = np.array([(1.0, 1.0), (3.0, 1.0), (3.0, 3.0), (1.0, 3.0)])
MARKS = (
    Area((SQUARE,), "no_data", "area", "Et område uten tall"),
    Band((0, 10), (2, 4), (4, 8), "range", "Spenn 4-8"),
    Line((0, 5, 10), (1, 2, 7), "modelled", "Framskriving 7", "Framskrevet til 7"),
    Rule(9, "y", "goal", "Mål 9", "Målet er 9"),
    Rule(6, "x", "goal", "Frist", "Fristen er i juni"),
    Bar(4, 0, 5, "counted", "y", "Fem", "Fem talte"),
    Bar(8, 0, 2, "modelled", "y", "To", "To framskrevne"),
    Dot(2, 5, "reported", "Rapportert 5", "e", "Fem & <5 i april"),
    Dot(1, 8, "inferred", "Utledet 8", "n", "Åtte utledet"),
    Text(7, 1, "Pandemi"),
)
LEGEND = (("no_data", "Ingen tall"), ("reported", "Meldt"), ("modelled", "Framskrevet"))


def chart(**changes: object) -> Chart:
    """The chart, with other contents where they are named."""
    contents = {
        "name": "every-mark", "title": "Fem & <fler>", "subtitle": "Nord-Norge, april 2019", "alternative": "Fra 5 til 9 & <mer>.",
        "table": TABLE, "sources": ("napha",), "quality": "reported", "credit": "Kilde: NAPHA (2019).", "marks": MARKS,
        "x": Axis(0, 10, ((0, "null"), (5, "fem"), (10, "ti")), "Bortover"),
        "y": Axis(0, 10, ((0, "0"), (5, "5,0"), (10, "10")), "Oppover", True), "legend": LEGEND,
    }  # fmt: skip
    return Chart(**(contents | changes))
