// The slides fill the screen, one at a time: keys and clicker, table, notes, facts under the pointer. Nothing is fetched.
(() => {
  const at = (name) => document.querySelector(name), sections = [...document.querySelectorAll('main > section')]
  const body = document.body, bar = at('.bar'), panel = at('.panel'), black = at('.black'), tip = at('.tip'), live = at('.live')
  let now = 0, shown = '', last = null
  if (!sections.length) return

  // What a picture says of a place is shown by us, large and at once; the browser would say it small and late.
  for (const title of document.querySelectorAll('.stage svg title')) {
    const mark = title.parentNode
    if (mark.tagName === 'svg') continue
    mark.dataset.note = title.textContent
    title.remove()
  }

  const show = (place) => {
    now = Math.max(0, Math.min(sections.length - 1, place))
    sections.forEach((section, number) => section.classList.toggle('now', number === now))
    at('.place').textContent = `${now + 1} / ${sections.length}`
    live.textContent = `${now + 1} / ${sections.length}: ${sections[now].getAttribute('aria-label')}`
    tip.hidden = true
    if (shown === 'table' || shown === 'notes') fill(shown)
    try { history.replaceState(null, '', `#${sections[now].id}`) } catch { /* Some browsers keep a file's address as it is. */ }
  }
  const start = (place) => { body.classList.add('showing'); bar.hidden = false; at('[data-do=start]').hidden = true; show(place) }
  const leave = () => {
    body.classList.remove('showing'); bar.hidden = true; at('[data-do=start]').hidden = false; close()
    sections[now].scrollIntoView()
  }
  const whole = () => document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.().catch(() => {})

  const fill = (what) => {
    const found = what === 'keys' ? at('.help') : sections[now].querySelector(what === 'table' ? '.numbers .wide' : '.notes')
    const copy = found?.cloneNode(true)
    if (copy) { copy.hidden = false; copy.classList.remove('help') }
    panel.setAttribute('aria-label', at(`.bar [data-do=${what}]`).textContent)
    panel.querySelector('.inside').replaceChildren(...(copy ? [copy] : []))
    panel.hidden = !copy
  }
  const toggle = (what) => {
    if (shown === what) return close()
    last = document.activeElement
    shown = what
    fill(what)
    if (!panel.hidden) panel.focus()
  }
  const close = () => { if (shown) { shown = ''; panel.hidden = true; last?.focus?.() } }

  const deeds = {
    next: () => show(now + 1), before: () => show(now - 1), first: () => show(0), last: () => show(sections.length - 1),
    start: () => start(now), table: () => toggle('table'), notes: () => toggle('notes'), keys: () => toggle('keys'), whole, close,
    black: () => { black.hidden = !black.hidden },
    leave: () => { if (!black.hidden) black.hidden = true; else if (shown) close(); else if (!document.fullscreenElement) leave() },
  }
  const keys = {
    ArrowRight: 'next', ArrowDown: 'next', PageDown: 'next', ' ': 'next', Enter: 'next', ArrowLeft: 'before', ArrowUp: 'before', PageUp: 'before',
    Backspace: 'before', Home: 'first', End: 'last', b: 'black', '.': 'black', t: 'table', n: 'notes', f: 'whole', F5: 'whole', '?': 'keys', Escape: 'leave',
  }
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    const deed = keys[key], showing = body.classList.contains('showing')
    if (!deed) return
    if (!showing) { if (deed === 'whole') { event.preventDefault(); start(now); whole() } return }
    // On a button these press it, and a table is scrolled by its own keys.
    if ((key === ' ' || key === 'Enter') && event.target.closest?.('button')) return
    if (panel.contains(document.activeElement) && /^(ArrowUp|ArrowDown)$/.test(key)) return
    event.preventDefault()
    if (!black.hidden && deed !== 'leave') { black.hidden = true; if (deed === 'black') return }
    else deeds[deed]()
  })
  document.addEventListener('click', (event) => {
    const deed = event.target.closest('[data-do]')?.dataset.do
    if (deed) deeds[deed]()
  })
  let from = null
  document.addEventListener('pointerdown', (event) => { from = event.pointerType === 'touch' ? event.clientX : null })
  document.addEventListener('pointerup', (event) => {
    if (from !== null && body.classList.contains('showing') && Math.abs(event.clientX - from) > 60) show(now + (event.clientX < from ? 1 : -1))
    from = null
  })

  let still = 0
  document.addEventListener('pointermove', (event) => {
    body.classList.add('moved')
    clearTimeout(still)
    still = setTimeout(() => body.classList.remove('moved'), 2500)
    const note = event.target.closest?.('[data-note]')?.dataset.note
    tip.hidden = !note
    if (!note) return
    tip.textContent = note
    const wide = tip.offsetWidth, high = tip.offsetHeight
    tip.style.left = `${Math.max(8, Math.min(event.clientX + 18, innerWidth - wide - 8))}px`
    tip.style.top = `${event.clientY + 24 + high < innerHeight ? event.clientY + 24 : event.clientY - high - 16}px`
  })
  start(Math.max(0, sections.findIndex((section) => `#${section.id}` === decodeURIComponent(location.hash))))
})()
