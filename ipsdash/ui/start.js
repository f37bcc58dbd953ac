// Streamlit's programs wait in a template until the browser can take them out of one file (worker.js); where it cannot, or not soon, each
// comes by itself. Who reloads past the worker has it, but it does not answer this page.
(() => {
  const { worker, programs } = document.currentScript.dataset, { serviceWorker } = navigator, SOON_MS = 3000
  const wanted = new URL(worker, location).href
  let begun
  const begin = () => {
    if (!begun) document.head.append(document.importNode(document.getElementById('programs').content, true))
    begun = true
  }
  if (!serviceWorker || serviceWorker.controller?.scriptURL === wanted) return begin()
  fetch(programs).catch(() => {})
  serviceWorker.addEventListener('controllerchange', begin)
  setTimeout(begin, SOON_MS)
  serviceWorker.register(worker, { scope: './', updateViaCache: 'all' }).then(({ active }) => { if (active?.scriptURL === wanted) begin() }).catch(begin)
})()
