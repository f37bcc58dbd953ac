"""What a browser is asked about a page that is read narrow, spaced out, by keyboard, or without motion."""

# WCAG 1.4.12, as a reader's own style sheet has it.
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }"

# What stands outside the page to the right, but for what scrolls in itself.
WIDE = """() => {
  const main = document.querySelector('[data-testid=stMain]'), width = document.documentElement.clientWidth
  const scrolls = (one) => { for (let on = one.parentElement; on && on !== main; on = on.parentElement) if (/auto|scroll|hidden|clip/.test(getComputedStyle(on).overflowX)) return true }
  const found = [...main.querySelectorAll('*:not(svg *)')].filter((one) => {
    const box = one.getBoundingClientRect()
    return box.width > 1 && box.height > 1 && box.right > width + 1 && !scrolls(one)
  }).map((one) => `${one.tagName} ${one.textContent.slice(0, 40)}`)
  if (main.scrollWidth > main.clientWidth || document.documentElement.scrollWidth > width) found.push(`the page is ${main.scrollWidth} px wide`)
  return found.slice(0, 5)
}"""

# Texts that something cuts, but for what scrolls in itself, what is said to screen readers only, and the menu while it is put aside.
CUT = """() => {
  const found = []
  for (const one of document.querySelectorAll('[data-testid=stApp] *')) {
    if (one.closest('svg, canvas, .js-plotly-plot, [data-testid=stSidebar][data-collapsed=true]') || one.offsetWidth <= 2) continue
    if (![...one.childNodes].some((part) => part.nodeType === 3 && part.data.trim())) continue
    const range = document.createRange()
    range.selectNodeContents(one)
    const text = range.getBoundingClientRect()
    for (let on = one; on !== document.body; on = on.parentElement) {
      const { overflowX, overflowY, clipPath, clip } = getComputedStyle(on), box = on.getBoundingClientRect()
      if (clipPath !== 'none' || clip !== 'auto' || /auto|scroll/.test(overflowX + overflowY)) break
      const across = /hidden|clip/.test(overflowX) && (text.right > box.right + 2 || text.left < box.left - 2)
      const down = /hidden|clip/.test(overflowY) && (text.bottom > box.bottom + 2 || text.top < box.top - 2)
      if (across || down) { found.push(`${one.tagName} ${one.textContent.slice(0, 50)}`); break }
    }
  }
  return [...new Set(found)].slice(0, 8)
}"""

# One step of a walk with Tab: what is called so has the keyboard now; whether the stop before it looks otherwise now, and stands before it.
STEP = """() => {
  let on = document.activeElement
  while (on?.shadowRoot?.activeElement) on = on.shadowRoot.activeElement
  const near = (one) => [one, one.parentElement, one.parentElement?.parentElement, one.parentElement?.parentElement?.parentElement, one.nextElementSibling, one.previousElementSibling, ...one.children].filter(Boolean)
  const looks = (parts) => JSON.stringify(parts.map((one) => { const s = getComputedStyle(one); return [s.outlineStyle, s.outlineColor, s.outlineWidth, s.boxShadow, s.borderColor, s.backgroundColor, s.opacity, s.transform, s.color] }))
  const last = window.lastStop, before = last && { unseen: looks(last.parts) === last.looks, name: last.name }
  // Where the table has had time, what has the keyboard is a cell that stands in the drawing and is not seen itself.
  const name = on === document.body ? '' : on.closest('canvas') ? 'CANVAS' : (on.ariaLabel || on.innerText || on.placeholder || on.id || on.tagName).trim().slice(0, 50)
  // A part of a component counts where the component stands.
  let place = on
  while (place.getRootNode() !== document) place = place.getRootNode().host
  const backwards = last && on !== document.body && place !== last.place && Boolean(place.compareDocumentPosition(last.place) & Node.DOCUMENT_POSITION_FOLLOWING)
  window.lastStop = on === document.body ? null : { name, place, parts: near(on), looks: looks(near(on)) }
  return { name, before, backwards, ordered: on.tabIndex > 0 }
}"""

# What moves for longer than 10 ms, also inside components.
MOVING = """() => {
  const all = (root) => [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])])
  const longest = (said) => Math.max(...said.split(',').map((one) => parseFloat(one) * (one.trim().endsWith('ms') ? .001 : 1)))
  return [...new Set(all(document.body).filter((one) => {
    const s = getComputedStyle(one)
    return longest(s.transitionDuration) > .01 || (s.animationName !== 'none' && longest(s.animationDuration) > .01)
  }).map((one) => `${one.tagName} ${one.dataset.testid ?? one.getAttribute('class') ?? ''}`))].slice(0, 8)
}"""
