/** Draws one state, named in the address: `?popup=running` or `?workspace=follows`. */
import { render } from 'preact'
import { Popup, type Actions } from '../../../components/popup/Popup.tsx'
import { viewOf } from '../../../components/popup/view.ts'
import { Workspace } from '../../../components/workspace/Workspace.tsx'
import { now, states } from './popup-states.ts'
import { sources } from './workspace-states.ts'

const params = new URL(location.href).searchParams
const app = document.getElementById('app') as HTMLElement
const nothing = () => {}
const actions: Actions = { capture: nothing, ask: async () => false, show: nothing, choose: nothing, reload: nothing, pause: nothing, resume: nothing, stop: nothing, download: nothing, add: nothing, lookUp: nothing, media: nothing, notify: nothing, review: nothing }

const popup = params.get('popup')
const workspace = params.get('workspace')
if (popup && states[popup]) {
  document.body.className = 'in-popup'
  render(<Popup view={viewOf(states[popup])} now={now} actions={actions} told={false} />, app)
} else if (workspace && sources[workspace]) {
  document.body.className = 'in-workspace'
  render(<Workspace source={sources[workspace]} account={params.get('account') ?? undefined} save={undefined} />, app)
}
document.body.dataset['drawn'] = 'yes'
