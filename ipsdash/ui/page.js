// The page's language follows the link: Streamlit draws another language without loading the page anew.
// SAID: Streamlit's own words in each language, in one order; ours are in it already.
const { languages, charts, server } = document.currentScript.dataset, SERVER = new URL('../server', document.currentScript.src)
const LANGUAGES = languages.split(' '), SAID = {}
const QUIET_MS = 1000, READ_MS = 3000, NAMES = ['aria-label', 'placeholder', 'title']
let waiting

function follow() {
  clearTimeout(waiting)
  const asked = new URLSearchParams(location.search).get('lang')
  const say = (lang) => { document.documentElement.lang = lang; translate(document.body) }
  // A change of page empties the link for a moment: the default counts when the link has been quiet.
  if (LANGUAGES.includes(asked)) say(asked)
  else waiting = setTimeout(say, QUIET_MS, LANGUAGES[0])
}

for (const name of ['pushState', 'replaceState']) {
  const plain = history[name]
  history[name] = function (...given) {
    plain.apply(this, given)
    follow()
  }
}
addEventListener('popstate', follow)

// What Streamlit says in English only, said in the page's language: whole texts and names that the table has, and names that begin so.
function translate(node) {
  const to = SAID[document.documentElement.lang]
  const said = (text) => {
    for (const words of Object.values(SAID)) if (words.includes(text)) return to[words.indexOf(text)]
  }
  const change = (one) => {
    if (one.nodeType === 3) { const text = said(one.data); if (text && text !== one.data) one.data = text }
    else for (const name of one.nodeType === 1 ? NAMES : []) {
      const [head, ...rest] = (one.getAttribute(name) ?? '').split(': '), text = said(head)
      if (text && text !== head) one.setAttribute(name, [text, ...rest].join(': '))
    }
  }
  const walk = document.createTreeWalker(node, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
  do change(walk.currentNode); while (walk.nextNode())
}

new MutationObserver((changes) => {
  for (const { type, target, addedNodes } of changes) for (const node of type === 'childList' ? addedNodes : [target]) translate(node)
}).observe(document.body, { subtree: true, childList: true, characterData: true, attributeFilter: NAMES })
// What Streamlit had drawn before this program came.
translate(document.body)

// Streamlit runs the page anew at a bare r, wherever the keyboard is (WCAG 2.1.4); where letters mean something, they reach it.
for (const kind of ['keydown', 'keypress']) {
  addEventListener(kind, (event) => { if ('rc'.includes(event.key) && event.target.matches?.('body, section, a:not([role]), button')) event.stopPropagation() }, true)
}

// The chart library comes when the page can be read and the browser has nothing else to do, so that the next page has it.
function fetchCharts() {
  const { saveData, effectiveType = '' } = navigator.connection ?? {}
  if (saveData || effectiveType.includes('2g')) return
  const link = Object.assign(document.createElement('link'), { rel: 'prefetch', as: 'script', href: charts })
  if (!performance.getEntriesByName(link.href).length) document.head.append(link)
}

const idle = self.requestIdleCallback ?? setTimeout
const reading = charts && setInterval(() => {
  if (!document.querySelector('.ips-footer') || document.querySelector('[data-testid="stStatusWidget"]')) return
  clearInterval(reading)
  sessionStorage.removeItem(AGAIN)
  idle(fetchCharts)
}, READ_MS)

// A program that the line cut while it came is not asked for again by itself, and the page would stay blank: it starts anew, a few times.
const AGAIN = 'ips-again', MOST = 5, LONG_MS = 30000
function startAnew() {
  const times = Number(sessionStorage[AGAIN] ?? 0)
  if (document.querySelector('[data-testid="stApp"]') || times >= MOST) return
  sessionStorage[AGAIN] = times + 1
  setTimeout(() => location.reload(), 500 * 2 ** times)
}
addEventListener('error', ({ target }) => { if (target instanceof HTMLScriptElement || target instanceof HTMLLinkElement) startAnew() }, true)
addEventListener('vite:preloadError', startAnew)
addEventListener('unhandledrejection', ({ reason }) => { if (/module|fetch/i.test(reason?.message ?? '')) startAnew() })
setTimeout(startAnew, LONG_MS)

// Back at a server that was started anew, or after a while in which it may have forgotten this reader, the page asks for itself as its
// link has it: the server would else take the link for newer than the reader's next choice, and that choice would be lost.
const STATE = 'data-test-connection-state', GONE_MS = 2000
let gone = 0, known = server
async function back(forgotten) {
  const now = await fetch(SERVER).then((answer) => answer.ok ? answer.text() : known, () => known)
  if (forgotten || now !== known) dispatchEvent(new PopStateEvent('popstate'))
  known = now
}
new MutationObserver(([{ target }]) => {
  const connected = target.getAttribute(STATE) === 'CONNECTED'
  if (connected && gone) back(performance.now() - gone > GONE_MS)
  if (connected) gone = 0
  else if (document.querySelector('.ips-footer')) gone ||= performance.now()
}).observe(document.body, { subtree: true, attributeFilter: [STATE] })
