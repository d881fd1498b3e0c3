/** Threads: what every surface may know of it. The reader is in `read.ts`. */
import type { Room } from '../types.ts'

export const room: Room = {
  id: 'threads',
  name: 'Threads',
  hosts: ['www.threads.com', 'www.threads.net', 'threads.com', 'threads.net'],
  mediaHosts: ['*.cdninstagram.com', '*.fbcdn.net'],
  home: 'https://www.threads.com/',
  pages: {},
  answers: ['^/graphql/query', '^/api/graphql'],
  request: { operation: ['fb_api_req_friendly_name'], variables: ['variables'], operationHeader: 'x-fb-friendly-name' },
  state: { selector: 'script[type="application/json"]', contains: [], context: [] },
  barriers: { loginWall: [], challenge: [] },
  composers: [],
  posts: '[data-pressable-container]',
  sections: [],
  fediverse: { host: 'threads.net', optIn: true, privateUnreachable: true },
  profileUrl: handle => `https://www.threads.com/@${handle}`,
  downloadPage: 'https://accountscenter.instagram.com/info_and_permissions/dyi/',
}
