// Streamlit's programs come in one file; this answers the page for each of them out of it. Where it did not come, the page is answered by
// the server as if this were not here. Nothing is kept but the one file, by the browser's own rules.
const NAMES = new Set([]), PROGRAMS = new URL('../../PROGRAMS', location)
const SCRIPT = { headers: { 'content-type': 'text/javascript', 'x-content-type-options': 'nosniff' } }
let coming

const all = () => coming ??= fetch(PROGRAMS).then((answer) => answer.json()).catch(() => { coming = undefined; return {} })

addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clients.claim()))
addEventListener('fetch', (event) => {
  const { request } = event, name = request.url.slice(registration.scope.length)
  if (NAMES.has(name)) event.respondWith(all().then((programs) => name in programs ? new Response(programs[name], SCRIPT) : fetch(request)))
})
