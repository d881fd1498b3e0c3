import { expect, test } from 'vitest'
import type { SectionView } from '../../../components/popup/view.ts'
import { completenessText, progressText, sectionName } from '../../../components/words.ts'

const section = (more: Partial<SectionView>): SectionView => ({ section: 'follows', state: 'now', rounded: false, ...more })

test.each<[Partial<SectionView>, string]>([
  [{ captured: 312, counted: 815 }, '312 of 815'],
  [{ captured: 1312, counted: 5000 }, '1,312 of 5,000'],
  [{ captured: 312, counted: 1200, rounded: true }, '312 of about 1,200'],
  [{ captured: 40 }, '40 so far'],
  [{ captured: 0 }, '0 so far'],
  [{ state: 'todo' }, 'waiting its turn'],
  [{ section: 'profile', captured: 1, state: 'done' }, 'kept'],
  [{ section: 'profile', captured: 0 }, 'reading…'],
])('progress of %o: %s', (view, text) => expect(progressText(section(view))).toBe(text))

test.each<[Partial<SectionView>, string]>([
  [{ state: 'done', captured: 812, counted: 815 }, '812 of 815; 3 are not shown by Threads'],
  [{ state: 'done', captured: 814, counted: 815 }, '814 of 815; 1 is not shown by Threads'],
  [{ state: 'done', captured: 815, counted: 815 }, '815 of 815'],
  [{ state: 'done', captured: 1190, counted: 1200, rounded: true }, '1,190 of about 1,200'],
  [{ state: 'done', captured: 214 }, '214, to the end'],
  [{ state: 'done', captured: 0 }, 'none'],
  [{ state: 'done', captured: 0, counted: 3 }, '0 of 3; 3 are not shown by Threads'],
  [{ state: 'cut', captured: 20, counted: 815 }, '20 of 815; Threads ends the list here'],
  [{ state: 'hidden' }, 'Threads shows this list to nobody'],
  [{ state: 'blocked', captured: 20, counted: 815 }, '20 of 815; Threads stopped answering before the end'],
  [{ state: 'gap', captured: 20 }, '20 so far; a part in between was missed, another capture fills it'],
  [{ state: 'now', captured: 312, counted: 815 }, '312 of 815; not read to the end'],
  [{ state: 'todo' }, 'not read'],
  [{ state: 'skipped' }, 'not read'],
  [{ section: 'profile', state: 'done', captured: 1 }, 'kept'],
])('completeness of %o: %s', (view, text) => expect(completenessText(section(view), 'Threads')).toBe(text))

test('a section without a name of its own has one all the same', () => {
  expect(sectionName('follows')).toBe('People you follow')
  expect(sectionName('something-new')).toBe('Other')
})
