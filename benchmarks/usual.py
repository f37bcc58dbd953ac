"""A one-chart Streamlit page of the usual kind: Plotly Express, a map of municipalities from a GeoJSON, one control."""

import json
from pathlib import Path

import pandas as pd
import plotly.express as px
import streamlit as st

DATA = Path(__file__).parents[1] / "data"


@st.cache_data
def borders():
    return json.loads((DATA / "geo" / "municipalities.geojson").read_text("utf-8"))


@st.cache_data
def population():
    return pd.read_csv(DATA / "tables" / "population.csv")


st.title("People aged 18 to 66")
rows = population()
year = st.selectbox("Year", sorted(rows["year"].unique())[::-1], key="year")
figure = px.choropleth(
    rows[rows["year"] == year], geojson=borders(), featureidkey="properties.area_id", locations="area_id", color="population_18_66", fitbounds="locations",
)  # fmt: skip
figure.update_geos(visible=False)
st.plotly_chart(figure)
