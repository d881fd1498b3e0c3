/** The program of the pages in a person's own copy. It runs from their disk, outside the extension, and knows nothing of it. */
import { h, render } from 'preact'
import shared from '../components/style.css?raw'
import own from '../components/viewer/style.css?raw'
import { Viewer } from '../components/viewer/Viewer.tsx'

export default {
  main() {
    const style = document.createElement('style')
    style.textContent = `${shared}\n${own}`
    document.head.append(style)
    const root = document.getElementById('app')
    if (root) render(h(Viewer, {}), root)
  },
}
