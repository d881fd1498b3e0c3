/** Lists of follows as people write them. */
import { describe, expect, it } from 'vitest'
import { paste, seenAt } from './ask.ts'

const a = '5f0000000000000001000001'
const b = '5f00000000000000010000ab'
const at = (id: string, host = 'www.xiaohongshu.com'): string => `https://${host}/user/profile/${id}`
const found = (text: string | Uint8Array, operation: 'paste' | 'file' = 'paste') => {
  const { follows, unread } = paste(text, operation)
  return { people: follows.map(({ id, name, fields }) => [id, name, ...(fields ? [fields[0]?.value] : [])]), lost: unread.reduce((sum, one) => sum + (one.records ?? 0), 0) }
}

describe('a pasted list', () => {
  it('gives whole records, in its order', () => {
    expect(paste(`小红薯\n${at(b.toUpperCase())}?xsec_token=SECRET&xsec_source=app_share`)).toMatchObject({
      follows: [
        { id: '小红薯', handle: '小红薯', name: '小红薯', ownerId: a, relation: 'follow', position: 0, source: 'hand', seenAt },
        { id: b, handle: b, url: at(b), ownerId: a, relation: 'follow', position: 1, source: 'hand', seenAt },
      ],
      posts: [], ends: [{ section: 'follows', ownerId: a, state: 'cut' }], unread: [],
    })
    expect(paste('小红薯', 'paste', '').follows[0]).not.toHaveProperty('ownerId')
  })

  it.each<[string, string, (string | undefined)[][], number]>([
    ['names, one a line', '小满\n\n  June’s Life 手作 \r\n小七同学📸\n', [['小满', '小满'], ['June’s Life 手作', 'June’s Life 手作'], ['小七同学📸', '小七同学📸']], 0],
    ['commas and Chinese punctuation', '小满，知夏、阿禾；云舟,Wren;Ivy', [['小满', '小满'], ['知夏', '知夏'], ['阿禾', '阿禾'], ['云舟', '云舟'], ['Wren', 'Wren'], ['Ivy', 'Ivy']], 0],
    ['bullets and numbers', '- 小满\n* 知夏\n• 阿禾\n1. 云舟\n2、Wren\n（3）Ivy\n④ Juno\n· Milo', [['小满', '小满'], ['知夏', '知夏'], ['阿禾', '阿禾'], ['云舟', '云舟'], ['Wren', 'Wren'], ['Ivy', 'Ivy'], ['Juno', 'Juno'], ['Milo', 'Milo']], 0],
    ['names with signs in them', 'Ida 艾达｜装订间 ✿\n3.14派\n1984读者\nSay hi!\n@小满 @知夏', [['Ida 艾达｜装订间 ✿', 'Ida 艾达｜装订间 ✿'], ['3.14派', '3.14派'], ['1984读者', '1984读者'], ['Say hi!', 'Say hi!'], ['小满', '小满'], ['知夏', '知夏']], 0],
    ['quotes and at signs', '“小满”\n@知夏\n「阿禾」', [['小满', '小满'], ['知夏', '知夏'], ['阿禾', '阿禾']], 0],
    ['numbers', '26593216\nabc_123\n小红书号：99887766\nRedNote ID: ida.books', [['26593216', '26593216'], ['abc_123', 'abc_123'], ['99887766', '99887766'], ['ida.books', 'ida.books']], 0],
    ['a number beside a name', '小满，小红书号：26593216', [['小满', '小满', '26593216']], 0],
    ['links of both sites, bare and in words', `${at(a)}\nwww.rednote.com/user/profile/${b}?x=1`, [[a, undefined], [b, undefined]], 0],
    ['an account’s number alone', b, [[b, undefined]], 0],
    ['several links in a line', `${at(a)}，${at(b)}`, [[a, undefined], [b, undefined]], 0],
    ['a link beside a name', `小满 ${at(a)}`, [[a, '小满']], 0],
    ['duplicates', `小满\n小满\n${at(a)}\n小满：${at(a)}\nWREN, wren`, [['小满', '小满'], [a, '小满'], ['WREN', 'WREN']], 0],
    ['what the app shares', `小满 在小红书收获了1234次赞与收藏，查看Ta的主页>> ${at(a)}?xhsshare=CopyLink&appuid=5f`, [[a, '小满']], 0],
    ['what the app shares, without a name', `复制本条信息，打开【小红书】App查看精彩内容！${at(b)}`, [[b, undefined]], 0],
    ['short links', '【小满的个人主页 - 小红书】 https://xhslink.com/m/AbCdEf\nhttps://xhslink.com/m/AbCdEf', [['小满', '小满']], 1],
    ['headings and rules', '关注列表\nFollowing (182)\n-----\n小满\n\n===', [['小满', '小满']], 0],
    ['what is no list', `https://www.xiaohongshu.com/explore/65a1abc3000000001e00d4e5\n${'A sentence without an end that goes on and on '.repeat(3)}`, [], 2],
  ])('%s', (_name, text, people, lost) => {
    expect(found(text)).toEqual({ people, lost })
  })

  it('nothing at all is said, not passed over', () => {
    expect(paste('').unread).toEqual([{ reason: 'empty', operation: 'paste', section: 'follows', ownerId: a }])
    expect(paste('https://example.com/').unread).toMatchObject([{ reason: 'unreadable-lines', records: 1 }])
  })
})

describe('a file', () => {
  it('a table with a heading: a row is a person', () => {
    expect(found(`\uFEFF昵称,小红书号,主页链接\r\n小满,小红书号：26593216,${at(a)}\r\n"Life, slow",,${at(b)}?x=1\r\n`, 'file')).toEqual({ people: [[a, '小满', '26593216'], [b, 'Life, slow']], lost: 0 })
  })

  it('a table without links: the number belongs to the name in its row', () => {
    expect(found('序号\t名称\t小红书号\n1\t小满\t26593216\n2\t知夏、阿禾\t\n3\t\tabc_123\n4\t\t\n', 'file')).toEqual({ people: [['小满', '小满', '26593216'], ['知夏、阿禾', '知夏、阿禾'], ['abc_123', 'abc_123']], lost: 1 })
    expect(found(`user_id,nickname\n${a},小满\n${b},"a ""b"", c"\n`, 'file').people).toEqual([[a, '小满'], [b, 'a "b", c']])
  })

  it('in the encodings that spreadsheets write', () => {
    // 小满 in GB 18030, and in UTF-16 with a mark.
    expect(found(Uint8Array.from([0xd0, 0xa1, 0xc2, 0xfa, 0x0d, 0x0a]), 'file').people).toEqual([['小满', '小满']])
    expect(found(Uint8Array.from([0xff, 0xfe, 0x0f, 0x5c, 0xe1, 0x6e]), 'file').people).toEqual([['小满', '小满']])
    expect(found(new TextEncoder().encode('小满\n知夏'), 'file').people).toEqual([['小满', '小满'], ['知夏', '知夏']])
  })

  it('ten thousand lines in a moment', () => {
    const { user } = process.cpuUsage()
    expect(found(Array.from({ length: 10_000 }, (_, i) => `${i + 1}. 名字${i}`).join('\n')).people).toHaveLength(10_000)
    found(`${'"'.repeat(5000)}\n${'【'.repeat(5000)}https://xhslink.com/a\n${'a/'.repeat(20_000)}\n${'- '.repeat(20_000)}x`)
    expect(process.cpuUsage().user - user).toBeLessThan(3_000_000)
  })
})
