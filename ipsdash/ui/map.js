// The map in the browser: draws what Python sends over borders that are fetched once; pointing, keys, time, wall.
// Places of names: sides and distances as in figures/names.py, in letters' heights.
const SVG = 'http://www.w3.org/2000/svg'
const BESIDE = 0.85, ABOVE = 1.2, CORNER = 0.65, FURTHER = { far: [1.6, 0.7], out: [3.4, 1.6] }
const SIDES = { e: [1, 0], w: [-1, 0], n: [0, -1], s: [0, 1], ne: [1, -1], se: [1, 1], nw: [-1, -1], sw: [-1, 1] }
const STEP_MS = 1600, TYPING_MS = 1500, PAGE_ABOVE = 390
const KEPT = new WeakMap(), OUTLINES = new Map()

const make = (tag, attributes = {}, parent = null) => {
  const element = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(name, value)
  if (parent) parent.append(element)
  return element
}
const plain = (text) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
  .replace(/[øđŋŧæ]/g, (letter) => ({ ø: 'o', đ: 'd', ŋ: 'n', ŧ: 't', æ: 'ae' })[letter])

function fetched(address) {
  if (!OUTLINES.has(address)) OUTLINES.set(address, fetch(address).then((answer) => {
    if (!answer.ok) { OUTLINES.delete(address); throw new Error(`${answer.status}`) }
    return answer.text()
  }))
  return OUTLINES.get(address)
}

// The shape of a dot in px around its centre, as export/marks.py draws it.
function shape(look, size, parent) {
  const r = look.radius * size, ink = { stroke: look.stroke, 'stroke-width': look.width, 'stroke-dasharray': look.dash.join(' ') || null }
  if (look.shape === 'diamond') make('path', { d: `M0 ${-r}L${r} 0L0 ${r}L${-r} 0Z`, fill: look.fill, ...ink }, parent)
  else if (look.shape === 'square') make('rect', { x: -r, y: -r, width: 2 * r, height: 2 * r, fill: look.fill, ...ink }, parent)
  else if (look.shape === 'cross') {
    const d = r * Math.SQRT1_2 * 0.75
    make('circle', { r, fill: look.fill }, parent)
    make('path', { d: `M${-d} ${-d}L${d} ${d}M${-d} ${d}L${d} ${-d}`, fill: 'none', ...ink }, parent)
  }
  else make('circle', { r, fill: look.fill, ...ink }, parent)
  if (look.shape === 'ring') make('circle', { r: r * 0.4, fill: look.stroke }, parent)
}

// Each frame whole: a later one holds only what is not as in the first, and areas stand together that share their words.
// order: [id, name] of the municipalities, as the outline has them.
function unpacked([first, ...later], order) {
  const areas = (frame) => frame.areas.flatMap(([meaning, tail, heads]) => heads.flatMap(([head, places]) => places.map((place) => {
    const [key, name] = order[place] ?? []
    return [key, [meaning, `${name}: ${head} ${tail}`.trim()]]
  })))
  const begun = areas(first)
  return [{ ...first, areas: new Map(begun) }, ...later.map((frame) => ({ ...first, ...frame, areas: new Map([...begun, ...areas(frame)]) }))]
}

class RegionMap {
  constructor(root, outbox) {
    this.root = root
    this.outbox = outbox
    this.at = (name) => root.querySelector(name)
    this.svg = this.at('.stage > svg')
    this.areas = new Map()
    this.focus = -1
    this.typed = ''
    this.listen()
    new ResizeObserver(() => this.resize()).observe(this.at('.stage'))
  }

  async update(data) {
    this.wanted = data
    if (this.outline !== data.outline) await this.fetchOutline(data)
    if (this.wanted !== data) return
    const moved = this.data?.made !== data.made
    if (!this.timer && (moved || this.data.shown !== data.shown)) this.place = data.shown
    this.data = { ...data, looks: Object.fromEntries(Object.entries(data.looks).map(([name, look]) => [name, { ...data.plain, ...look }])) }
    this.frames = unpacked(data.frames, [...this.areas].map(([key, path]) => [key, path.dataset.name]))
    this.root.classList.toggle('small', Boolean(data.height))
    for (const [name, colour] of Object.entries(data.page)) this.root.style.setProperty(`--${name}`, colour)
    this.draw()
  }

  async fetchOutline({ outline, words }) {
    this.at('.hint').textContent = words.loading
    this.at('.keys').setAttribute('aria-label', words.loading)
    this.label(words)
    const text = await fetched(outline).catch(() => null)
    if (text === null) return
    this.outline = outline
    const drawn = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement
    this.at('.outline').replaceChildren(...drawn.children)
    this.areas = new Map([...this.root.querySelectorAll('.areas path')].map((path) => [path.dataset.key, path]))
    const coast = [...this.areas.values()].map((path) => path.getAttribute('d')).join('')
    this.at('.halo').replaceChildren(make('path', { d: coast, 'stroke-linejoin': 'round' }))
  }

  frame() { return this.frames[this.place] }

  meaning(key) { return this.frame().areas.get(key) }

  draw() {
    const { looks, words } = this.data, frame = this.frame()
    this.hatches(looks)
    const paint = (element, look) => Object.entries({ fill: element?.classList.contains("county") ? "none" : look.hatch ? `url(#${look.name})` : look.fill, stroke: look.stroke, 'stroke-width': look.width })
      .forEach(([name, value]) => element?.setAttribute(name, value))
    this.at('.sea').setAttribute('fill', looks.sea.fill)
    paint(this.at('.halo path'), looks.coast)
    paint(this.at('.neighbour'), looks.neighbour)
    paint(this.at('.county'), looks.county_border)
    for (const [key, path] of this.areas) paint(path, { ...looks[this.meaning(key)[0]], name: `hatch-${this.meaning(key)[0]}` })
    this.at('.hint').textContent = words.hint
    this.at('.play').hidden = this.frames.length < 2
    this.label(words)
    this.at('.caption').textContent = this.frames.length > 1 ? frame.caption : ''
    this.at('.wall-title').textContent = frame.title
    this.at('.wall-credit').textContent = frame.credit
    this.options(frame)
    this.legend(frame, looks)
    this.resize()
  }

  label(words) {
    this.at('.play').textContent = this.timer ? words.pause : words.play
    this.at('.wall').textContent = this.root.classList.contains('wall') ? words.leave : words.wall
  }

  hatches(looks) {
    const wanted = JSON.stringify(looks)
    if (this.hatched === wanted) return
    this.hatched = wanted
    const patterns = Object.entries(looks).filter(([, look]) => look.hatch).map(([name, look]) => {
      const pattern = make('pattern', { id: `hatch-${name}`, width: 7, height: 7, patternUnits: 'userSpaceOnUse', class: 'hatch' })
      make('rect', { width: 7, height: 7, fill: look.fill }, pattern)
      make('path', { d: 'M0 0V7', stroke: look.hatch, 'stroke-width': 3 }, pattern)
      return pattern
    })
    this.at('defs').replaceChildren(...patterns)
  }

  options(frame) {
    const keys = this.at('.keys')
    keys.setAttribute('aria-label', frame.alternative)
    keys.replaceChildren(...frame.dots.map(([key, , , , , note], place) => {
      const option = document.createElement('div')
      Object.assign(option, { id: `option-${place}`, textContent: note })
      option.setAttribute('role', 'option')
      option.setAttribute('aria-selected', String(key === this.data.chosen))
      return option
    }))
  }

  legend(frame, looks) {
    this.at('.legend').replaceChildren(...frame.legend.map(([meaning, text]) => {
      const item = document.createElement('li'), look = looks[meaning]
      const sample = make('svg', { viewBox: '-12 -10 24 20', 'aria-hidden': 'true' }, item)
      if (frame.dots.some((dot) => dot[3] === meaning)) shape(look, 1, sample)
      else make('rect', { x: -11, y: -9, width: 22, height: 18, fill: look.hatch ? `url(#hatch-${meaning})` : look.fill, stroke: look.stroke === 'none' ? null : this.data.page.quiet }, sample)
      item.append(text)
      return item
    }))
  }

  resize() {
    if (!this.data) return
    const [left, low, right, high] = this.frame().extent, stage = this.at('.stage')
    const wall = this.root.classList.contains('wall'), across = stage.clientWidth
    if (!across) return
    const whole = Math.min(across * (high - low) / (right - left), this.data.height || Math.max(this.data.least, innerHeight - PAGE_ABOVE))
    const tall = wall ? stage.clientHeight : whole
    this.svg.style.height = wall ? '100%' : `${Math.round(tall)}px`
    this.svg.setAttribute('viewBox', `${left} ${-high} ${right - left} ${high - low}`)
    this.scale = Math.min(across / (right - left), tall / (high - low))
    for (const pattern of this.root.querySelectorAll('.hatch')) pattern.setAttribute('patternTransform', `scale(${1 / this.scale}) rotate(45)`)
    this.points(wall ? 'wall' : 'screen')
  }

  points(mode) {
    const { looks, page, letters, names: known, named } = this.data, frame = this.frame(), sets = known[named[this.place]][mode]
    const [fits, places] = sets.findLast(([scale]) => scale <= this.scale) ?? sets[0]
    const size = (mode === 'wall' ? 24 : 16) * Math.min(this.scale / fits, 1.2), unit = 1 / this.scale
    const sides = Object.fromEntries(Object.entries(letters).map(([side, letter]) => [letter, side]))
    const put = (parent, x, y, attributes = {}) => make('g', { transform: `translate(${x} ${-y}) scale(${unit})`, ...attributes }, parent)
    const [dots, names, texts] = ['.dots', '.names', '.texts'].map((name) => { this.at(name).replaceChildren(); return this.at(name) })
    const written = (parent, text, attributes) => {
      const halo = { stroke: page.halo, 'stroke-width': size / 4.5, fill: page.ink, 'font-size': size, dy: '.35em' }
      make('text', { ...halo, ...attributes }, parent).textContent = text
    }
    frame.dots.forEach(([key, x, y, meaning, label], place) => {
      shape(looks[meaning], size / 16, put(dots, x, y, { 'data-key': key }))
      const side = sides[places[place]]
      if (!side) return
      const [ring, way] = side.includes('-') ? side.split('-') : ['', side], far = FURTHER[ring], [dx, dy] = SIDES[way]
      const aside = dx * ((dy ? CORNER : BESIDE) + (far ? far[0] : 0)) * size
      const up = dy * (dx ? CORNER + (far ? far[1] : 0) : ABOVE) * size, group = put(names, x, y)
      if (far) make('path', { d: `M${dx * size * 0.5} ${dy * size * 0.35}L${aside - dx * size * 0.2} ${up}`, stroke: page.ink, 'stroke-width': 1.2, fill: 'none' }, group)
      written(group, label, { x: aside, y: up, 'text-anchor': dx > 0 ? 'start' : dx < 0 ? 'end' : 'middle' })
    })
    // Names of countries only where there is room for them.
    const taken = [...names.querySelectorAll('text')].map((name) => name.getBoundingClientRect()), edge = this.at('.stage').getBoundingClientRect()
    const clear = (a, b) => a.right < b.left || a.left > b.right || a.bottom < b.top || a.top > b.bottom
    for (const [x, y, text] of frame.texts) {
      const country = put(texts, x, y)
      written(country, text, { 'text-anchor': 'middle', fill: looks.country.fill, stroke: looks.neighbour.fill, 'font-size': size * 0.9, 'letter-spacing': '.12em' })
      const box = country.getBoundingClientRect()
      if (box.left < edge.left || box.right > edge.right || !taken.every((one) => clear(one, box))) country.remove()
    }
    this.rings(size)
  }

  // What is chosen and what has the keyboard's focus.
  rings(size = 16) {
    const ring = this.at('.ring'), { page, chosen } = this.data, frame = this.frame()
    ring.replaceChildren()
    const mark = (key, width) => {
      const dot = frame.dots.find((one) => one[0] === key), area = this.areas.get(key)
      if (dot) make('circle', { r: size * 0.78, fill: 'none', stroke: page.ink, 'stroke-width': width }, make('g', { transform: `translate(${dot[1]} ${-dot[2]}) scale(${1 / this.scale})` }, ring))
      else if (area) make('path', { d: area.getAttribute('d'), fill: 'none', stroke: page.ink, 'stroke-width': width }, ring)
    }
    if (chosen) mark(chosen, 3)
    if (this.active && this.active !== chosen) mark(this.active, 2)
  }

  note(key) { return this.frame().dots.find((dot) => dot[0] === key)?.[5] ?? this.meaning(key)?.[1] ?? '' }

  card(key, x, y) {
    const card = this.at('.card'), stage = this.at('.stage')
    card.hidden = !key
    if (!key) return
    card.textContent = this.note(key)
    card.style.left = `${Math.max(4, Math.min(x + 16, stage.clientWidth - card.offsetWidth - 4))}px`
    card.style.top = `${Math.max(4, Math.min(y + 16, stage.clientHeight - card.offsetHeight - 4))}px`
  }

  // Goes to a place by the keyboard: its card beside it, its words to those who listen.
  goTo(key) {
    this.active = key
    const place = this.frame().dots.findIndex((dot) => dot[0] === key)
    this.focus = place
    this.at('.keys').setAttribute('aria-activedescendant', place < 0 ? '' : `option-${place}`)
    this.at('.live').textContent = place < 0 ? this.note(key) : ''
    const target = place < 0 ? this.areas.get(key) : this.root.querySelector(`.dots [data-key="${CSS.escape(key)}"]`)
    const box = target.getBoundingClientRect(), stage = this.at('.stage').getBoundingClientRect()
    this.card(key, (box.left + box.right) / 2 - stage.left, (box.top + box.bottom) / 2 - stage.top)
    this.resize()
  }

  leave() {
    this.active = null
    this.typed = ''
    this.focus = -1
    this.at('.keys').removeAttribute('aria-activedescendant')
    this.card(null)
    this.resize()
  }

  find(letter) {
    clearTimeout(this.typing)
    this.typing = setTimeout(() => { this.typed = '' }, TYPING_MS)
    this.typed += plain(letter)
    const named = [...this.frame().dots.map((dot) => [dot[0], dot[4]]), ...[...this.areas.keys()].map((key) => [key, this.meaning(key)[1].split(':')[0]])]
    const begins = ([, name]) => plain(name).split(' – ').some((one) => one.startsWith(this.typed))
    const found = named.find(begins)
    if (found) this.goTo(found[0])
    else this.at('.live').textContent = this.data.words.nowhere
  }

  choose(key) { this.outbox('place', key) }

  keydown(event) {
    if (!this.data) return
    const count = this.frame().dots.length, walk = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key]
    if (event.ctrlKey || event.metaKey || event.altKey || event.key === 'Tab') return
    if (event.key === 'Escape') { this.leave(); if (!this.root.classList.contains('wall')) event.currentTarget.blur() }
    else if (walk) this.goTo(this.frame().dots[this.focus < 0 ? (walk > 0 ? 0 : count - 1) : (this.focus + walk + count) % count][0])
    else if (event.key === 'Home' || event.key === 'End') this.goTo(this.frame().dots.at(event.key === 'Home' ? 0 : -1)[0])
    else if (event.key === 'Enter' && this.active) this.choose(this.active)
    else if (event.key.length === 1) this.find(event.key)
    else return
    if (event.key !== 'Escape' || !this.root.classList.contains('wall')) event.stopPropagation()
    event.preventDefault()
  }

  listen() {
    const keys = this.at('.keys'), stage = this.at('.stage')
    const under = (event) => event.target.closest('[data-key]')?.dataset.key
    stage.addEventListener('pointermove', (event) => {
      if (!this.data) return
      const key = under(event), box = stage.getBoundingClientRect()
      this.root.querySelector('.pointed')?.classList.remove('pointed')
      this.areas.get(key)?.classList.add('pointed')
      this.card(key, event.clientX - box.left, event.clientY - box.top)
    })
    stage.addEventListener('pointerleave', () => this.card(null))
    stage.addEventListener('click', (event) => { const key = under(event); if (key) this.choose(key) })
    keys.addEventListener('keydown', (event) => this.keydown(event))
    keys.addEventListener('focus', () => { if (this.data && keys.matches(':focus-visible') && this.frame().dots.length) this.goTo(this.active ?? this.frame().dots[0][0]) })
    keys.addEventListener('blur', () => { if (this.data) this.leave() })
    this.at('.play').addEventListener('click', () => { if (this.data) this.play() })
    this.at('.wall').addEventListener('click', () => { if (this.data) this.wall() })
    this.root.addEventListener('keydown', (event) => { if (event.key === 'Escape' && this.root.classList.contains('wall')) { event.stopPropagation(); this.wall() } })
    document.addEventListener('fullscreenchange', () => { if (!document.fullscreenElement) { this.root.classList.remove('wall'); if (this.data) this.draw() } })
  }

  play() {
    if (this.timer) { clearInterval(this.timer); this.timer = null; return this.settle() }
    this.place = this.place === this.frames.length - 1 ? 0 : this.place
    this.timer = setInterval(() => {
      this.place += 1
      if (this.place >= this.frames.length - 1) { clearInterval(this.timer); this.timer = null; this.settle() } else this.draw()
    }, STEP_MS)
    this.draw()
  }

  // After playing: the page follows to the date the map stopped at.
  settle() {
    this.draw()
    this.at('.live').textContent = this.frame().alternative
    if (this.place !== this.data.shown) this.outbox('date', this.frame().date)
  }

  async wall() {
    const to = !this.root.classList.contains('wall')
    this.root.classList.toggle('wall', to)
    if (to) await this.root.requestFullscreen?.().catch(() => null)
    else if (document.fullscreenElement) await document.exitFullscreen()
    this.draw()
  }
}

async function text(name) { return (await fetch(new URL(name, import.meta.url))).text() }

const [MARKUP, RULES] = await Promise.all(['map.html', 'map.css'].map(text))
const SHEET = await new CSSStyleSheet().replace(RULES)

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector('.ips-map')
  if (!KEPT.has(root)) {
    const shadow = root.getRootNode()
    shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, SHEET]
    root.innerHTML = MARKUP
    KEPT.set(root, new RegionMap(root, setTriggerValue))
  }
  const map = KEPT.get(root)
  map.outbox = setTriggerValue
  map.update({ ...JSON.parse(data.made), ...data })
}
