// Before the first paint: the theme and language last chosen, so that nothing flashes. External because of the policy.
(function () {
  var read = function (key) {
    try { return localStorage.getItem(key) } catch (e) { return null }
  }
  var theme = read('aftercare.theme') || 'auto'
  var dark = theme === 'dark' || (theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.classList.toggle('dark', dark)
  document.documentElement.lang = read('aftercare.locale') || (/^zh/.test(navigator.language) ? 'zh-CN' : 'en')
})()
