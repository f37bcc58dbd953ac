"""A still picture: an SVG in the page itself, so that it is drawn in the page's typeface and colours."""

from collections.abc import Mapping

from ipsdash.ui import plain_streamlit as st

# Streamlit's own HTML element takes SVG out; in an image element the page's typeface would not be used.
_SCRIPT = """
const KEPT = new WeakMap();

export default function({ data, parentElement }) {
  const holder = parentElement.querySelector('.ips-picture');
  const widths = Object.keys(data.drawn).map(Number).sort((one, other) => one - other);
  const show = () => {
    if (!holder.clientWidth) return;
    const svg = data.drawn[widths.findLast((width) => width <= holder.clientWidth) ?? widths[0]];
    if (holder.dataset.shown !== svg) { holder.innerHTML = svg; holder.dataset.shown = svg; }
  };
  KEPT.get(holder)?.disconnect();
  KEPT.set(holder, new ResizeObserver(show));
  KEPT.get(holder).observe(holder);
  show();
}
"""
_STYLE = ".ips-picture svg { display: block; width: 100%; height: auto; }"


def draw(drawn: Mapping[int, str], key: str) -> None:
    """Shows the widest of these SVGs that there is room for, across the width there is; by width in px.

    Each carries its own title and description.
    """
    mount = st.components.v2.component("picture", html='<div class="ips-picture"></div>', css=_STYLE, js=_SCRIPT)
    mount(data={"drawn": {str(width): svg for width, svg in drawn.items()}}, key=key)
