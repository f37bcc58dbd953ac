"""A still picture: an SVG in the page itself, so that it is drawn in the page's typeface and colours."""

import streamlit as st

# Streamlit's own HTML element takes SVG out; in an image element the page's typeface would not be used.
_SCRIPT = """
export default function({ data, parentElement }) {
  const holder = parentElement.querySelector('.ips-picture');
  if (holder.dataset.shown !== data.svg) { holder.innerHTML = data.svg; holder.dataset.shown = data.svg; }
}
"""
_STYLE = ".ips-picture svg { display: block; width: 100%; height: auto; }"


def draw(svg: str, key: str) -> None:
    """Shows an SVG across the width there is. It carries its own title and description."""
    mount = st.components.v2.component("picture", html='<div class="ips-picture"></div>', css=_STYLE, js=_SCRIPT)
    mount(data={"svg": svg}, key=key)
