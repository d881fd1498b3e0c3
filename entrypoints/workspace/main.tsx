import { render } from 'preact'
import { WorkspaceApp } from '../../components/workspace/WorkspaceApp.tsx'
import { prepareTexts } from '../../lib/browser/texts.ts'

void prepareTexts().then(() => render(<WorkspaceApp />, document.getElementById('app') as HTMLElement))
