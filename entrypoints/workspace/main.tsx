import { render } from 'preact'
import { WorkspaceApp } from '../../components/workspace/WorkspaceApp.tsx'

render(<WorkspaceApp />, document.getElementById('app') as HTMLElement)
