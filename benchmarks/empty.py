"""An empty Streamlit page with one control: what every measurement is held against."""

import streamlit as st

st.title("Empty")
st.selectbox("One control", ["a", "b"], key="choice")
