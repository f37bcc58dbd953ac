"""A file that a reader hands in, read in the browser and sent as text: Streamlit's own uploader has no Norwegian words."""

import streamlit as st

from ipsdash.ui.style import field_rules

LARGEST = 100_000
_MARKUP = '<label class="ips-file"><input type="file"><span></span></label><p role="status"></p>'
_SCRIPT = """
export default function({ data, parentElement, setTriggerValue }) {
  const input = parentElement.querySelector('input'), said = parentElement.querySelector('p')
  parentElement.querySelector('span').textContent = data.label
  input.accept = data.accept
  input.onchange = async () => {
    const file = input.files[0]
    said.textContent = ''
    if (!file) return
    if (file.size > data.largest) { said.textContent = data.too_large; return }
    setTriggerValue('file', { name: file.name, text: await file.text() })
    input.value = ''
  }
}
"""


def text_file(label: str, too_large: str, accept: str, key: str) -> tuple[str, str] | None:
    """Draws the field; gives name and text of a file in the run after it was chosen, else None."""
    mount = st.components.v2.component("text_file", html=_MARKUP, css=field_rules(), js=_SCRIPT)
    result = mount(data={"label": label, "too_large": too_large, "accept": accept, "largest": LARGEST}, key=key, on_file_change=lambda: None)
    given = result.file
    return (given["name"], given["text"]) if given else None
