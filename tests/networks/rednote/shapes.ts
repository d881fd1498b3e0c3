/** People and notes as the site writes them: in the page's state (camelCase, JavaScript) and in answers (snake_case, JSON). */
import { Dice } from '../dice.ts'
import { type Note, type Person, type Picture } from './world.ts'

export type Value = undefined | null | string | number | boolean | Value[] | Set<Value> | { [key: string]: Value }
export type Obj = { [key: string]: Value }
export type Language = 'en' | 'zh'

export interface Context {
  modes: ReadonlySet<string>
  language: Language
  viewer: Person | undefined
  followed: ReadonlySet<string>
  /** The international site. */
  international: boolean
  /** Changes with every answer: signatures of the same file differ. */
  nonce: number
}

/** Texts that are in answers and pages and must never be stored. */
export const secrets = { note: 'XsecSecretOfTheNote', person: 'XsecSecretOfThePerson', session: 'WebSessionSecret', trace: 'TraceSecretOfThePage', sign: 'XsSignatureSecret' }

const snakeKey = (key: string): string => key.startsWith('_') ? key : key.replace(/([a-z\d])([A-Z])/g, (_, before: string, letter: string) => `${before}_${letter.toLowerCase()}`)

/** The same with every key in snake_case: what answers have. Keys that are ids stay. */
export const snake = (value: Value): Value => {
  if (Array.isArray(value)) return value.map(snake)
  if (typeof value !== 'object' || value === null || value instanceof Set) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [snakeKey(key), snake(inner)]))
}

/** A JavaScript literal, as the page's script has it. */
export const literal = (value: Value): string => {
  if (value === undefined) return 'undefined'
  if (value instanceof Set) return `new Set(${literal([...value])})`
  if (Array.isArray(value)) return `[${value.map(literal).join(',')}]`
  if (typeof value === 'object' && value !== null) return `{${Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${literal(inner)}`).join(',')}}`
  return JSON.stringify(value).replaceAll('/', '\\u002F').replaceAll('<', '\\u003C')
}

/** A counter as the site displays it, and the number that it stands for. */
export const display = (count: number, language: Language): { text: string; value: number } => {
  if (count < 10_000) return { text: String(count), value: count }
  if (language === 'en') {
    const shown = Math.floor(count / 100) / 10
    return { text: `${shown}K`, value: Math.round(shown * 1000) }
  }
  if (count >= 100_000) return { text: '10万+', value: 100_000 }
  const shown = Math.floor(count / 1000) / 10
  return { text: `${shown}万`, value: Math.round(shown * 10_000) }
}

const hostOf = (context: Context): string => (context.international ? 'sns-web-i10.rednotecdn.com' : 'sns-webpic-qc.xhscdn.com')
const videoHost = (context: Context): string => (context.international ? 'sns-v11.rednotecdn.com' : 'sns-video-hw.xhscdn.com')

export const avatarOf = (person: Person, international: boolean): string => `https://sns-avatar-qc.${international ? 'rednotecdn' : 'xhscdn'}.com/avatar/${person.avatar}`

const signed = (key: string, size: string, context: Context): string => `http://${hostOf(context)}/202611221336/${new Dice(context.nonce + key.length + size.length).hex(32)}/${key}!${size}`

const pictureOf = (one: Picture, context: Context): Obj => {
  const [preview, plain] = [signed(one.key, 'nd_prv_wlteh_webp_3', context), signed(one.key, 'nd_dft_wlteh_webp_3', context)]
  if (context.modes.has('old-scenes')) {
    return { fileId: '', height: one.height, width: one.width, url: '', traceId: '', infoList: [{ imageScene: 'CRD_PRV_WEBP', url: preview }, { imageScene: 'CRD_WM_WEBP', url: plain }] }
  }
  return {
    urlPre: preview, urlDefault: plain, url: '', fileId: '', traceId: secrets.trace, width: one.width, height: one.height, livePhoto: one.live !== undefined,
    stream: one.live ? streams([{ path: one.live, width: one.width, height: one.height, milliseconds: 2800, size: 90_000, codec: 'h264' }], context) : {},
    infoList: [{ imageScene: 'WB_PRV', url: preview }, { imageScene: 'WB_DFT', url: plain }],
  }
}

interface Stream { path: string; width: number; height: number; milliseconds: number; size: number; codec: 'h264' | 'hevc' }

const streams = (all: Stream[], context: Context): Obj => {
  const write = (one: Stream): Obj => ({
    masterUrl: `http://${videoHost(context)}${one.path}`, backupUrls: [`http://sns-bak-v1.xhscdn.com${one.path}`], width: one.width, height: one.height, duration: one.milliseconds, size: one.size, format: 'mp4', fps: 30,
    videoCodec: one.codec, qualityType: 'HD', avgBitrate: 1_000_000 + one.width, streamDesc: one.codec === 'h264' ? 'WM_X264_MP4' : 'X265_MP4_WEB_114',
  })
  const of = (codec: Stream['codec']): Obj[] => all.filter(one => one.codec === codec).map(write)
  return context.modes.has('ef-streams') ? { EF4: of('h264'), EF5: of('hevc'), EF6: [], EF7: [] } : { h264: of('h264'), h265: of('hevc'), h266: [], av1: [] }
}

const authorOf = (person: Person, context: Context): Obj => ({
  userId: person.id, nickname: person.name, avatar: avatarOf(person, context.international), xsecToken: `${secrets.person}${context.nonce}`,
})

/** A row of a list: the wrapper, and the card in it. */
export const card = (note: Note, context: Context): Obj => ({
  id: note.id, xsecToken: `${secrets.note}${context.nonce}=`, index: 0, exposed: false, ssrRendered: true,
  noteCard: {
    noteId: note.id, displayTitle: note.title, type: note.video ? 'video' : 'normal', xsecToken: `${secrets.note}${context.nonce}=`,
    user: { ...authorOf(note.author, context), nickName: note.author.name },
    interactInfo: { liked: false, likedCount: display(note.likes, context.language).text, sticky: note.sticky },
    cover: pictureOf({ ...note.pictures[0]!, live: undefined }, context),
    ...(note.video ? { video: { capa: { duration: Math.floor(note.video.milliseconds / 1000) } } } : {}),
  },
})

/** The same as an answer has it: without a wrapper. */
export const row = (note: Note, context: Context): Obj => snake(card(note, context).noteCard) as Obj

const descOf = (note: Note): string => note.pieces.map(piece => (piece.kind === 'text' ? piece.text : piece.kind === 'tag' ? `#${piece.name}[话题]#` : `@${piece.person.name} `)).join('')

/** A whole note. */
export const detail = (note: Note, context: Context): Obj => ({
  noteId: note.id, xsecToken: `${secrets.note}${context.nonce}=`, type: note.video ? 'video' : 'normal', title: note.title, desc: descOf(note), time: note.at * 1000, lastUpdateTime: note.changed * 1000, ipLocation: '奥地利',
  user: authorOf(note.author, context),
  tagList: [...note.pieces.flatMap(piece => (piece.kind === 'tag' ? [piece.name] : [])), ...note.moreTags].map((name, i) => ({ id: `5f${String(i).padStart(22, '0')}`, name, type: 'topic' })),
  atUserList: note.pieces.flatMap(piece => (piece.kind === 'mention' ? [{ userId: piece.person.id, nickname: piece.person.name, xsecToken: secrets.person }] : [])),
  imageList: (note.video ? note.pictures.slice(0, 1) : note.pictures).map(one => pictureOf(one, context)),
  interactInfo: {
    liked: false, likedCount: display(note.likes, context.language).text, collected: false, collectedCount: display(note.collected, context.language).text, commentCount: display(note.comments, context.language).text,
    shareCount: display(note.shares, context.language).text, followed: context.followed.has(note.author.id), relation: context.followed.has(note.author.id) ? 'follows' : 'none',
  },
  shareInfo: { unShare: false },
  ...(context.international ? { noteTranslation: { title: '', desc: '' } } : {}),
  ...(note.video
    ? {
        video: {
          media: {
            videoId: '137436468716382180', video: { duration: Math.floor(note.video.milliseconds / 1000), streamTypes: [259, 130] },
            stream: streams([{ ...note.video, codec: 'h264' }, { ...note.video, path: note.video.larger, width: 1080, height: 1920, codec: 'hevc' }], context),
          },
          image: { firstFrameFileid: '110/0/x.jpg', thumbnailFileid: '110/0/y.webp' }, capa: { duration: Math.floor(note.video.milliseconds / 1000) }, consumer: { originVideoKey: note.video.key },
        },
      }
    : {}),
})

/** What the page says of a person whose profile it shows. */
export const profile = (person: Person, saved: number, context: Context): Obj => {
  const count = (type: string, name: string, value: number): Obj => ({ type, name, count: display(value, context.language).text, ...(context.modes.has('old-scenes') ? {} : { i18nCount: display(value, 'en').text }) })
  const own = context.viewer?.id === person.id
  return {
    basicInfo: { nickname: person.name, desc: person.bio, redId: person.redId, gender: 2, ipLocation: '奥地利', images: avatarOf(person, context.international), imageb: avatarOf(person, context.international) },
    interactions: [count('follows', '关注', person.follows), count('fans', '粉丝', person.followers), count('interaction', '获赞与收藏', person.followers * 3)],
    tags: [{ tagType: 'info', name: '26岁', icon: `http://${hostOf(context)}/icon.png` }],
    tabPublic: { collection: own, collectionNote: { display: own, lock: !own, count: own ? saved : 0 }, collectionBoard: { display: own, lock: false, count: 0 } },
    extraInfo: { fstatus: own ? 'same' : context.followed.has(person.id) ? 'follows' : 'none', blockType: 'DEFAULT' },
    result: { success: true, code: 0, message: 'success' },
  }
}

export const viewerInfo = (person: Person | undefined, context: Context): Obj =>
  person
    ? { userId: person.id, user_id: person.id, nickname: person.name, desc: person.bio, gender: 2, images: avatarOf(person, context.international), imageb: avatarOf(person, context.international), redId: person.redId, red_id: person.redId, guest: false }
    : { userId: '66f0000000000000010000aa', user_id: '66f0000000000000010000aa', guest: true }

/** A reactive reference, as it is written out when the live object is saved. */
export const ref = (value: Value): Obj => ({ __v_isShallow: false, __v_isRef: true, _rawValue: value, _value: value, dep: undefined })
