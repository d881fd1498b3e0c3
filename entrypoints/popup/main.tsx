import { render } from 'preact'
import { PopupApp } from '../../components/popup/PopupApp.tsx'
import { prepareTexts } from '../../lib/browser/texts.ts'

void prepareTexts().then(() => render(<PopupApp />, document.getElementById('app') as HTMLElement))
