/** Stands in for the browser in the gallery: only the texts, from the locale file. */
import messages from '../../../public/_locales/en/messages.json'

const texts: Record<string, { message: string }> = messages

export default { i18n: { getMessage: (key: string) => texts[key]?.message ?? '' } }
