// The page's language follows the link: Streamlit draws another language without loading the page anew.
const LANGUAGES = document.currentScript.dataset.languages.split(' ')
const QUIET_MS = 1000
let waiting

function follow() {
  clearTimeout(waiting)
  const asked = new URLSearchParams(location.search).get('lang')
  const say = (lang) => { document.documentElement.lang = lang }
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
