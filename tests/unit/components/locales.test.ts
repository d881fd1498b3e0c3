import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import english from '../../../public/_locales/en/messages.json'
import { faultsOf, type Messages } from './locales.ts'

const folder = new URL('../../../public/_locales', import.meta.url).pathname
const others = readdirSync(folder).filter(name => name !== 'en')
const read = (name: string): Messages => JSON.parse(readFileSync(join(folder, name, 'messages.json'), 'utf8'))

test.each(others)('%s says everything that English says', name => expect(faultsOf(english as Messages, read(name), name.replace('_', '-'))).toEqual([]))

describe('what is wrong with a translation is found', () => {
  const some: Messages = { language: { message: 'en' }, a: { message: 'Save {count} of {all} in Holdall' }, b_one: { message: '{count} post' }, b_other: { message: '{count} posts' }, c_other: { message: 'One long and plain sentence here' } }
  test('missing, too much, still English, without a value or a name, and forms that the language lacks', () => {
    expect(faultsOf(some, { language: { message: 'pl' }, a: { message: 'Zapisz {count}' }, b_one: { message: 'post' }, b_other: { message: '{count} posta' }, d: { message: 'x' }, c_other: some.c_other! }, 'pl')).toEqual([
      'd: English has no such text', 'a: has {count} for {all}, {count}', 'a: does not name Holdall', 'b_few: is missing', 'b_many: is missing', 'c_other: is still English',
    ])
  })
})
