/** Sentences that popup and workspace share. */
import { plural, t, word } from '../lib/browser/texts.ts'
import type { SectionView } from './popup/view.ts'

export const sectionName = (section: string): string => word('section', section)

/** "312 of 815", "40 so far", "kept". */
export const progressText = ({ section, state, captured, counted, rounded }: SectionView): string => {
  if (section === 'profile') return captured ? t('progress_kept') : t(state === 'now' ? 'progress_now' : 'progress_todo')
  if (captured === undefined && state === 'todo') return t('progress_todo')
  if (counted === undefined) return t('progress_so_far', { captured: captured ?? 0 })
  return t(rounded ? 'progress_of_rounded' : 'progress_of', { captured: captured ?? 0, counted })
}

/** How a section ended: "812 of 815; 3 are not shown by Threads". */
export const completenessText = (view: SectionView, network: string): string => {
  const { section, state, captured, counted, rounded } = view
  if (state === 'hidden') return t('done_hidden', { network })
  if (captured === undefined && state !== 'done') return t('done_nothing')
  const text = section === 'profile' ? progressText(view) : counted === undefined ? t('progress_so_far', { captured: captured ?? 0 }) : progressText(view)
  switch (state) {
    case 'done': {
      if (section === 'profile') return text
      const missing = counted === undefined || rounded ? 0 : counted - (captured ?? 0)
      if (missing > 0) return plural('done_missing', missing, { captured: captured ?? 0, counted: counted ?? 0, network })
      if (!captured && !counted) return t('done_none')
      return counted === undefined ? t('done_all', { captured: captured ?? 0 }) : text
    }
    case 'cut':
      return t('done_cut', { text, network })
    case 'blocked':
      return t('done_blocked', { text, network })
    case 'gap':
      return t('done_gap', { text })
    case 'skipped':
      return captured === undefined ? t('done_nothing') : t('done_unfinished', { text })
    default:
      return section === 'profile' && captured ? text : t('done_unfinished', { text })
  }
}
