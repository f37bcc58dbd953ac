"""The same page in Dash."""

import json
import sys
from pathlib import Path

import pandas as pd
import plotly.express as px
from dash import Dash, Input, Output, callback, dcc, html

DATA = Path(__file__).parents[1] / "data"
BORDERS = json.loads((DATA / "geo" / "municipalities.geojson").read_text("utf-8"))
ROWS = pd.read_csv(DATA / "tables" / "population.csv")
YEARS = [int(year) for year in sorted(ROWS["year"].unique())[::-1]]

app = Dash(__name__, serve_locally=True)
app.layout = html.Div([html.H1("People aged 18 to 66"), dcc.Dropdown(YEARS, YEARS[0], id="year", clearable=False), dcc.Graph(id="map")])


@callback(Output("map", "figure"), Input("year", "value"))
def drawn(year):
    figure = px.choropleth(
        ROWS[ROWS["year"] == year], geojson=BORDERS, featureidkey="properties.area_id", locations="area_id", color="population_18_66", fitbounds="locations",
    )  # fmt: skip
    return figure.update_geos(visible=False)


if __name__ == "__main__":
    app.run(port=int(sys.argv[1]), debug=False)
