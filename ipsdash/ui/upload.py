"""A file that a reader hands in, read in the browser and sent as text: Streamlit's own uploader has no Norwegian words."""

from base64 import b64decode
from binascii import Error

from ipsdash.ui import plain_streamlit as st
from ipsdash.ui.style import field_rules

# Bytes: of a file of text, and of a workbook.
LARGEST, LARGEST_WORKBOOK = 20_000, 10_000_000
_MARKUP = '<label class="ips-file"><input type="file"><span></span></label><p role="status"></p>'
_SCRIPT = """
export default function({ data, parentElement, setTriggerValue }) {
  const input = parentElement.querySelector('input'), said = parentElement.querySelector('p')
  parentElement.querySelector('span').textContent = data.label
  input.accept = data.accept
  said.textContent = ''
  input.onchange = async () => {
    const file = input.files[0]
    said.textContent = ''
    if (!file) return
    if (file.size > data.largest) { said.textContent = data.too_large; return }
    if (!data.binary) setTriggerValue('file', { name: file.name, text: await file.text() })
    else {
      const reader = new FileReader()
      reader.onload = () => setTriggerValue('file', { name: file.name, text: reader.result.split(',')[1] ?? '' })
      reader.readAsDataURL(file)
      said.textContent = data.reading
    }
    input.value = ''
  }
}
"""


def text_file(label: str, too_large: str, accept: str, key: str) -> tuple[str, str] | None:
    """Draws the field; gives name and text of a file in the run after it was chosen, else None."""
    return _file({"label": label, "too_large": too_large, "accept": accept, "largest": LARGEST, "binary": False, "reading": ""}, key)


def workbook(label: str, too_large: str, reading: str, key: str) -> tuple[str, bytes] | None:
    """Draws the field for a workbook; gives name and content in the run after it was chosen, else None."""
    turn = f"{key}-turn"
    given = _file({"label": label, "too_large": too_large, "accept": ".xlsx", "largest": LARGEST_WORKBOOK, "binary": True, "reading": reading,
                   "turn": st.session_state.get(turn, 0)}, key)  # fmt: skip
    if given:
        # The field is drawn anew and no longer says that it reads.
        st.session_state[turn] = st.session_state.get(turn, 0) + 1
    # What a browser holds back somebody else may send: a file that is too large, or no file at all, is read as an empty one.
    try:
        content = b64decode(given[1], validate=True) if given else b""
    except Error:
        content = b""
    return (given[0], content if len(content) <= LARGEST_WORKBOOK else b"") if given else None


def _file(data: dict[str, object], key: str) -> tuple[str, str] | None:
    mount = st.components.v2.component("text_file", html=_MARKUP, css=field_rules(), js=_SCRIPT)
    result = mount(data=data, key=key, on_file_change=lambda: None)
    given = result.file
    return (str(given["name"]), str(given["text"])) if given else None
