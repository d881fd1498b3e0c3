import { render } from 'preact'
import { PopupApp } from '../../components/popup/PopupApp.tsx'

render(<PopupApp />, document.getElementById('app') as HTMLElement)
