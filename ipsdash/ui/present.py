"""How a presenter makes their slides: which, in which order, with which titles and notes. All of it is in the link."""

from urllib.parse import urlsplit

from ipsdash.figures.story import Slide
from ipsdash.ui import deck, link, roles, scenario, show
from ipsdash.ui import plain_streamlit as st
from ipsdash.ui.deck import Deck
from ipsdash.ui.reader import DATASET, EDITION, PREVIEW, Reader

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
# Addresses that only this machine can open.
LOCAL = ("localhost", "127.0.0.1", "::1", "")
LONGEST_ADDRESS = 8_000
_ORDER, _TOLD = "slides", "told"


def chosen(me: Reader, layer: str, posts: int, changed: dict[str, float | str]) -> Deck:
    """The slides the reader has chosen."""
    plain = Deck(layer, posts, scenario.name(me, changed), changed)
    names = [slide.name for slide in deck.every(me, plain, address(me))]
    order = link.settle_text(_ORDER, lambda text: [one for one in dict.fromkeys(text.split(",")) if one in names] or None, names, ",".join)
    told = link.settle_text(_TOLD, deck.read, {}, deck.written)
    shown = () if order == names else tuple(one for one in order if one in names)
    dataset, edition = (st.session_state.get(key, "") for key in (DATASET, EDITION))
    return Deck(layer, posts, plain.scenario, changed, shown, told, dataset, edition)


def number(me: Reader, one: Deck) -> int:
    """How many slides are shown."""
    return len(one.order or deck.every(me, one, address(me)))


def address(me: Reader) -> str:
    """The address of the dashboard with these choices; "" where only this machine can open it."""
    try:
        # As the browser tells it.
        asked = urlsplit(st.context.url or "")
        host = asked.hostname or ""
    except ValueError:
        return ""
    if host in LOCAL:
        return ""
    query = "&".join(f"{name}={value}" for name, value in st.query_params.items() if name not in (_ORDER, _TOLD))
    # A link of more is nonsense, and would be sent with each small picture.
    return f"{asked.scheme}://{asked.netloc}/" + (f"?{query}" if query and len(query) <= LONGEST_ADDRESS else "")


def previewing() -> bool:
    """Whether this reader sees numbers that nobody else may: then nothing is given an address of its own."""
    return st.session_state.get(PREVIEW) is not None


def forms(me: Reader, one: Deck) -> None:
    """The forms the slides can be had in: live, PowerPoint, one file, PDF."""
    words, given = me.words, address(me)
    name = words.file(f"ips-{me.date}-{words.lang}")
    show.note(words("present.keys"))
    show.long_link(words)
    if roles.only_signed_in():
        show.message(words("present.signed_in"))
    if previewing():
        show.message(words("present.preview"))
    with st.container(horizontal=True, key="deck-forms"):
        if not previewing() and not roles.only_signed_in():
            st.link_button(words("present.live"), f"slides?{one.query(me, given)}", icon=":material/slideshow:")
        st.download_button(words("present.pptx"), lambda: deck.presentation(me, one, given), f"{name}.pptx", PPTX, key="deck-pptx", on_click="ignore")
        st.download_button(words("present.html"), lambda: deck.page(me, one, given), f"{name}.html", "text/html", key="deck-html", on_click="ignore")
        st.download_button(words("present.pdf"), lambda: deck.document(me, one, given), f"{name}.pdf", "application/pdf", key="deck-pdf", on_click="ignore")


def slides(me: Reader, one: Deck) -> None:
    """Every slide with its picture: shown or not, earlier or later, with a title and notes of the presenter's own."""
    every = {slide.name: slide for slide in deck.every(me, one, address(me))}
    order = list(one.order or every)
    query = one.query(me, address(me))
    for place, name in enumerate([*order, *(other for other in every if other not in order)]):
        shown = name in order
        with st.container(key=f"slide-{name}", border=True):
            left, right = st.columns([1, 3], gap="medium", vertical_alignment="center")
            with left:
                if not shown:
                    show.note(me.words("present.left_out"))
                elif not previewing() and not roles.only_signed_in():
                    show.preview(f"slides/{place + 1}.png?{query}", every[name].title)
            with right:
                _slide(me, every[name], order, one.told)


def _slide(me: Reader, slide: Slide, order: list[str], told: deck.Told) -> None:
    words, name = me.words, slide.name
    shown = name in order
    st.session_state[f"on-{name}"] = shown
    with st.container(horizontal=True, vertical_alignment="center"):
        st.checkbox(slide.title, key=f"on-{name}", on_change=_switch, args=(name, order))
        moves = ((-1, "present.earlier", "arrow_upward"), (1, "present.later", "arrow_downward"))
        for step, key, icon in moves:
            place = order.index(name) + step if shown else -1
            st.button(
                "", key=f"move-{name}-{step}", icon=f":material/{icon}:", help=words(key, title=slide.title), disabled=not 0 <= place < len(order),
                on_click=_move, args=(name, step, order),
            )  # fmt: skip
    # Drawn when it is opened: twelve of them are half of what a change of the page would take.
    with st.expander(words("present.own"), key=f"own-{name}", on_change="rerun") as opened:
        if opened.open:
            _own(me, slide, told)


def _own(me: Reader, slide: Slide, told: deck.Told) -> None:
    """A title and notes of the presenter's own, beside those that the slide has."""
    words, name = me.words, slide.name
    st.session_state[f"title-{name}"], st.session_state[f"notes-{name}"] = told.get(name, ("", ""))
    kept = {"on_change": _tell, "args": (name, told)}
    st.text_input(words("present.own_title"), key=f"title-{name}", placeholder=slide.title, max_chars=deck.LONGEST[0], **kept)
    st.text_area(words("present.own_notes"), key=f"notes-{name}", max_chars=deck.LONGEST[1], **kept)
    for note in slide.notes:
        show.note(note)


def _switch(name: str, order: list[str]) -> None:
    """Shows a slide, last, or takes it out; the last one stays."""
    left = [one for one in order if one != name]
    link.keep(_ORDER, [*order, name] if name not in order else left or order)


def _move(name: str, step: int, order: list[str]) -> None:
    place = order.index(name)
    moved = [one for one in order if one != name]
    moved.insert(place + step, name)
    link.keep(_ORDER, moved)


def _tell(name: str, told: deck.Told) -> None:
    """Keeps a slide's own title and notes; without either it has its plain ones."""
    said = (st.session_state[f"title-{name}"].strip(), st.session_state[f"notes-{name}"].strip())
    others = {other: one for other, one in told.items() if other != name}
    link.keep(_TOLD, others | {name: said} if any(said) else others)
