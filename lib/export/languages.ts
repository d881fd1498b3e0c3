/** Language tags as importers take them: GoToSocial 0.19 refuses a post with a tag that it does not know (seen when run). */

// ISO 639-1, and the three-letter codes that Mastodon offers (`app/helpers/languages_helper.rb`) with a few that networks give.
const known = new Set(
  ('aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he ' +
    'hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ' +
    'ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ' +
    'ur uz ve vi vo wa wo xh yi yo za zh zu ' +
    'ast ceb chr ckb cnr csb fil gsw haw jbo kab lfn moh nds pap pdc sco sma smj szl tok vai xal yue zgh').split(' '),
)

/** Codes that were withdrawn or that networks use instead of the right one (BCP 47 registry, "Preferred-Value"). */
const renamed: Record<string, string> = { in: 'id', iw: 'he', ji: 'yi', jw: 'jv', mo: 'ro', cmn: 'zh' }

/**
 * @param tag what the network says, e.g. `en`, `pt_BR`, `iw`, `zxx`
 * @returns a valid BCP 47 tag, or undefined where it says nothing usable (`und`, `zxx`, X's `qme` …)
 */
export const languageTag = (tag: string | undefined): string | undefined => {
  const parts = /^([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?$/i.exec(tag?.trim() ?? '')
  if (!parts) return undefined
  const [, said, script, region] = parts
  const lower = said!.toLowerCase()
  const language = renamed[lower] ?? lower
  if (!known.has(language)) return undefined
  return [language, script && script[0]!.toUpperCase() + script.slice(1).toLowerCase(), region?.toUpperCase()].filter(Boolean).join('-')
}
