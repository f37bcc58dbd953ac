"""The look of what Streamlit does not draw: key numbers, notes, tables of faults."""

import streamlit as st

from ipsdash.figures.style import STYLES

RULES = """
.ips-lead { font-size: 1.15rem; line-height: 1.55; max-width: 46rem; margin: 0; }
.ips-note { font-size: 1rem; line-height: 1.5; max-width: 52rem; margin: 0; }
.ips-credit { font-size: .875rem; line-height: 1.45; color: var(--ips-quiet); margin: 0; }
.ips-keys.ips-keys { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 1rem; margin: 0; padding: 0; }
.ips-key { border-left: 4px solid var(--ips-strong); padding: .25rem 0 .25rem 1rem; }
.ips-key.ips-counted { border-left-color: var(--ips-lighter); }
.ips-key.ips-inferred { border-left-style: double; border-left-width: 6px; }
.ips-key.ips-modelled { border-left-style: dashed; }
.ips-key dt { font-size: 1rem; }
.ips-key dd { margin: 0; display: flex; flex-direction: column; gap: .25rem; }
.ips-value { font-size: 2.5rem; line-height: 1.15; font-weight: 600; font-variant-numeric: tabular-nums; }
.ips-about { font-size: 1rem; line-height: 1.4; }
.ips-badge { border: 1px solid currentColor; border-radius: 4px; padding: 0 .4rem; font-size: .875rem; white-space: nowrap; }
.ips-scroll { overflow-x: auto; }
.ips-table { border-collapse: collapse; width: 100%; font-size: 1rem; }
.ips-table th, .ips-table td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--ips-line); }
.ips-footer { border-top: 1px solid var(--ips-line); padding-top: .75rem; color: var(--ips-quiet); font-size: .875rem; }
.ips-facts.ips-facts { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1rem; margin: 0; padding: 0; }
.ips-facts dt { color: var(--ips-quiet); }
.ips-facts dd { margin: 0; }
.ips-preview { display: block; width: 100%; max-width: 320px; height: auto; aspect-ratio: 16 / 9; border: 1px solid var(--ips-line); border-radius: 4px; }
[class*="st-key-on-"] { flex: 1 1 12rem; min-width: 0; } [class*="st-key-on-"] label * { white-space: normal; overflow: visible; text-overflow: clip; }
.ips-places.ips-places { margin: 0; padding: 0 0 0 1.75rem; }
.ips-places li { margin: 0 0 .5rem; line-height: 1.35; }
[data-testid="stMainBlockContainer"] { padding-top: 4.25rem; padding-bottom: 3rem; }
[data-testid="stTable"] table { font-size: 1rem; }
[data-testid="stTable"] :is(td, th) * { max-width: none; }
[data-testid="stTable"] td:last-child { min-width: 14rem; }
.st-key-scenario { flex: 1 1 14rem; min-width: 14rem; }
:is(.st-key-served_share, .st-key-caseload) { flex: 1 1 12rem; min-width: 12rem; max-width: 20rem; }
.st-key-posts { flex: 2 1 20rem; } .st-key-cost { flex: 1 1 14rem; }
@media (max-width: 640px) {
  :is(.st-key-area, .st-key-layer, .st-key-place, .st-key-scenario, .st-key-posts, .st-key-cost, .st-key-served_share, .st-key-caseload) { flex: 1 1 100%; max-width: none; }
  [data-testid="stTable"] :is(td, th) { min-width: 6rem; }
  .ips-facts.ips-facts { grid-template-columns: 1fr; gap: 0; } .ips-facts dd { margin-bottom: .5rem; }
}
"""


def sheet() -> None:
    """The rules and the colours of the reader's theme, once per run."""
    style = STYLES["dark" if st.context.theme.type == "dark" else "light"]
    colours = {
        "quiet": style.quiet, "strong": style.look("reported").fill, "lighter": style.look("counted").fill,
        "line": style.look("land").stroke,
    }  # fmt: skip
    root = ":root {" + "".join(f"--ips-{name}: {colour};" for name, colour in colours.items()) + "}"
    st.html(f"<style>{root}{RULES}</style>")


def field_rules() -> str:
    """The look of a field for a file."""
    return """
.ips-file { display: inline-block; position: relative; font-family: Inter, sans-serif; font-size: .875rem; color: var(--st-text-color); cursor: pointer; }
.ips-file span { display: block; padding: .6rem .8rem; border: 1px dashed currentColor; border-radius: 6px; }
.ips-file input { position: absolute; inset: 0; opacity: 0; font-size: 0; cursor: pointer; }
.ips-file input:focus-visible + span { outline: 3px solid var(--st-primary-color); outline-offset: 2px; }
p { font-family: Inter, sans-serif; margin: .35rem 0 0; color: var(--st-text-color); }
"""
