"""The look of what Streamlit does not draw: key numbers, notes, tables of faults."""

from ipsdash.figures.style import STYLES
from ipsdash.ui import plain_streamlit as st

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
:is(.ips-lead, .ips-note, .ips-credit, .ips-key *, .ips-facts *) { overflow-wrap: anywhere; min-width: 0; }
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
[data-testid="stMain"] :is(button, label, a, summary) p { margin-bottom: 0 !important; }
[data-testid="stButtonGroup"] button { height: auto; min-height: 2rem; }
[data-testid="stPageLink"] :is(span, div, p), [data-testid="stButtonGroup"] :is(button, div, span:not([data-testid="stIconMaterial"]), p), [data-testid="stMain"] .stMarkdownEllipsis, [data-testid="stMain"] .stMarkdownEllipsis * { white-space: normal !important; overflow: visible !important; text-overflow: clip !important; }
[data-testid="stTable"] table { font-size: 1rem; }
[data-testid="stTable"] :is(td, th) * { max-width: none; }
[data-testid="stTable"] td:last-child { min-width: 14rem; }
.st-key-scenario { flex: 1 1 14rem; min-width: 14rem; }
:is(.st-key-served_share, .st-key-caseload) { flex: 1 1 12rem; min-width: 12rem; max-width: 20rem; }
:is(.st-key-quarter, .st-key-measure) { flex: 0 1 20rem; }
.st-key-posts { flex: 2 1 20rem; } .st-key-cost { flex: 1 1 14rem; }
@media (max-width: 640px) {
  .st-key-date { min-width: 12.5rem; }
  .st-key-dataset { min-width: 10.5rem; }
  :is(.st-key-area, .st-key-layer, .st-key-place, .st-key-scenario, .st-key-posts, .st-key-cost, .st-key-served_share, .st-key-caseload) { flex: 1 1 100%; max-width: none; }
  [data-testid="stTable"] :is(td, th) { min-width: 6rem; }
  [data-testid="stMarkdownContainer"] :is(td, th) { overflow-wrap: anywhere; hyphens: auto; }
  .ips-facts.ips-facts { grid-template-columns: 1fr; gap: 0; } .ips-facts dd { margin-bottom: .5rem; }
}
.ips-grid { font-variant-numeric: tabular-nums; } .ips-grid th[scope=row] { font-weight: 400; }
.ips-grid :is(td, th):not(:first-child) { padding-left: .25rem; }
.st-key-site, .st-key-site_shown { flex: 1 1 100%; max-width: 32rem; }
.st-key-places { gap: .1rem; } .st-key-places [data-testid="stPageLink"] p { font-size: 1rem; text-decoration: underline; } .ips-under { margin: -.35rem 0 .35rem .5rem; }
.stApp :is(a, button, summary, input, textarea, [tabindex]):focus-visible { outline: 3px solid var(--ips-strong) !important; outline-offset: 2px; }
[data-testid="stMain"]:focus-visible, .stApp :is(input, textarea):focus-visible { outline-offset: -3px !important; }
@media (prefers-reduced-motion: reduce) { *, ::before, ::after { animation-duration: 1ms !important; animation-iteration-count: 1 !important; transition-duration: 1ms !important; scroll-behavior: auto !important; } }
@page { size: A4; margin: 9mm 11mm; }
@media print {
  html { font-size: 8.5px; color-scheme: light; }
  html, body, .stApp, .stApp *:not(svg, svg *) { color: #000 !important; background: transparent !important; box-shadow: none !important; }
  html, body, #root, .stApp, .stApp :is([data-testid="stAppViewContainer"], [data-testid="stMain"], [data-testid="stMainBlockContainer"]) {
    position: static !important; height: auto !important; min-height: 0 !important; overflow: visible !important; display: block !important;
  }
  [data-testid="stMainBlockContainer"] { padding: 0 !important; max-width: none !important; width: 100% !important; }
  :is([data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stTopNav"], [data-testid="stStatusWidget"], [data-testid="stPageLink"], [data-testid="stButtonGroup"], [data-testid="stDownloadButton"], [data-testid="stSelectbox"], [data-testid="stExpander"], .st-key-shared, .st-key-leave-example, .st-key-sheet-print, .ips-footer, [class*="st-key-site-files-"], [class*="st-key-lacking-"]) { display: none !important; }
  [data-testid="stVerticalBlock"] { gap: .55rem; }
  [data-testid="stHorizontalBlock"] { flex-wrap: nowrap !important; gap: 1.6rem; } [data-testid="stColumn"] { min-width: 0 !important; flex: 1 1 0 !important; width: auto !important; }
  [data-testid="stAlert"], .st-key-mark { padding: 0 !important; border: 0 !important; } [data-testid="stAlertContainer"] { padding: .2rem .5rem !important; min-height: 0 !important; border: 1px solid #000; }
  [data-testid="stHeading"] :is(h1, h2, h3) { padding: .4rem 0 .25rem !important; margin: 0 !important; } h1 { font-size: 2rem !important; } h2 { font-size: 1.35rem !important; }
  .ips-keys.ips-keys { grid-template-columns: repeat(4, 1fr); } .ips-value { font-size: 1.8rem; } .ips-key .ips-credit { display: none; }
  .ips-grid :is(td, th) { padding: .1rem .5rem .1rem 0; line-height: 1.3; } .ips-scroll { overflow: visible; }
  .ips-note, .ips-lead { max-width: none; } .ips-facts.ips-facts { grid-template-columns: max-content 1fr; gap: .15rem 1rem; }
  tr, dl, svg { break-inside: avoid; } h2, h3 { break-after: avoid; }
}
"""


def sheet() -> None:
    """The rules and the colours of the reader's theme, once per run."""
    style = STYLES["dark" if st.context.theme.type == "dark" else "light"]
    colours = {
        "quiet": style.quiet, "strong": style.look("reported").fill, "lighter": style.look("counted").fill,
        "line": style.look("land").stroke,
    }  # fmt: skip
    # A picture that is dark on the screen is turned round on paper.
    paper = "@media print { [class*='st-key-'][class*='-picture'] { filter: invert(1) hue-rotate(180deg) brightness(1.15); } }" if style.name == "dark" else ""
    root = ":root {" + "".join(f"--ips-{name}: {colour};" for name, colour in colours.items()) + "}"
    st.html(f"<style>{root}{RULES}{paper}</style>")


def field_rules() -> str:
    """The look of a field for a file; it is not there for anybody until it has its words."""
    return """
.ips-file { display: inline-block; position: relative; font-family: Inter, sans-serif; font-size: .875rem; color: var(--st-text-color); cursor: pointer; }
.ips-file:has(span:empty) { visibility: hidden; }
.ips-file span { display: block; padding: .6rem .8rem; border: 1px dashed currentColor; border-radius: 6px; }
.ips-file input { position: absolute; inset: 0; opacity: 0; font-size: 0; cursor: pointer; }
.ips-file input:focus-visible + span { outline: 3px solid var(--st-primary-color); outline-offset: 2px; }
p { font-family: Inter, sans-serif; margin: .35rem 0 0; color: var(--st-text-color); }
"""
