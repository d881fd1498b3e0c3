/** What the made-up people are called and what they write about. All invented; no real person is meant. */

export const firstNames = [
  'Mira', 'Jonas', 'Ayla', 'Tomas', 'Lena', 'Kofi', 'Noor', 'Elias', 'Sana', 'Ruben', 'Ines', 'Matteo', 'Yara', 'Oskar', 'Freya', 'Idris', 'Clara', 'Hugo', 'Amina', 'Pavel', 'Greta', 'Luca', 'Zofia', 'Emil', 'Dalia', 'Nina', 'Selma', 'Theo',
]
export const lastNames = ['Bergstrom', 'Okafor', 'Lindqvist', 'Haddad', 'Novak', 'Ferreira', 'Tanaka', 'Rossi', 'Kowalski', 'Ndiaye', 'Varga', 'Petrov', 'Holm', 'Sato', 'Iversen', 'Barros', 'Kapoor', 'Moreau', 'Keller', 'Santoro', 'Vogel', 'Lund']
/** Only strangers are called by these, so that a stranger's name is part of no other. */
export const strangerNames = ['Quillfeath', 'Ostrowhisk', 'Brambled', 'Hollowmere', 'Pennyquik', 'Zwartbosch', 'Okonquist', 'Dunsworth', 'Marrowick', 'Trelavine', 'Umbrafield', 'Larkspurn', 'Thistlew']
/** Only those that own posts point at are called by these. */
export const referredNames = ['Aldermoor', 'Cobblewik', 'Duskwater', 'Everbeck', 'Foxglaive', 'Goosefeld', 'Harrowgat', 'Inkpennyn', 'Jackdawso']
/** Only those in lists beside the follows: members, blocked and muted people, authors of what is bookmarked. */
export const relatedNames = ['Wexcombe', 'Yarrowby', 'Pettigrue', 'Vandelure', 'Rookhurst', 'Saltmarsh']
export const awkwardNames = ['=cmd|\' /C calc\'!A0', '+1 coffee please', 'Tom & Jo <3', '@home with @friends', '🏳️‍🌈 Robin 👩🏽‍🚀', '田中 美咲', 'ليلى حداد', 'e\u0301clair', 'A name so long that it runs over the edge of every table it was put in']

/** Sentences of the account itself. */
export const ownSentences = [
  'Coffee on the balcony, and for once no plans at all.',
  'The library lends out seeds now: I came home with beans & three novels.',
  'If a < b and b > a, the hinge is still squeaking.',
  'Long walk along the river, two herons, one very proud dog.',
  'Somebody left a piano on the square and a passer-by played until midnight.',
  'Baked bread from memory. It remembers better than I do.',
  'The fog lifted at ten and the whole valley was there again.',
  'Learning to draw hands. They look like mittens. Good mittens, though.',
  'Took the slow ferry because it was slow.',
  'Literally "&amp;" on the sign outside, five characters of it.',
]
export const emojiSentences = ['👩🏽‍🚀 → 🌍: made it home, twice around the block 🏳️‍🌈', 'Family breakfast 👨‍👩‍👧‍👦 & far too many 🥞🥞🥞', '𝔄𝔫 𝔬𝔩𝔡 sign, 🇵🇹 tiles, ☕️ and e\u0301clairs']
export const cjkSentences = ['今日は朝から雨。窓の音を聞きながら本を読む。', '山道で小さな花を見つけた🌼 名前は知らない。']
export const ownBio = '𝔅ookbinder in Graz ✿ Paper & bread. Maps at '
export const secondBio = 'Kites and weather.'

/** Sentences that only other people write: none of them may be kept. */
export const foreignSentences = [
  'Our street market opens again on Saturday, bring a basket.',
  'Does anyone here know how to get candle wax out of linen?',
  'The new exhibition is worth the queue, go on a weekday.',
  'I rewired the old radio and it speaks Portuguese at night.',
  'Looking for a second-hand loom, no hurry, will travel.',
  'Today the lighthouse keeper waved back, best day of the year.',
  'Hot take: soup counts as a drink if you are brave enough.',
  'We counted forty-one swifts over the station roof tonight.',
  'A reminder that the tram is free on the first Sunday.',
]
export const strangerBios = ['Swifts, scales and station roofs.', 'I count boats for a living, nearly.', 'Lamps repaired while you tell me why.', 'Crossword setter of no renown.']
export const followBios = ['Keeps bees and a diary.', 'Maps of places that moved.', 'Letters, presses, ink under the nails.', 'Sea swimmer, all months.', 'Half of a string duo.']
export const alts = ['A heron standing in shallow water.', 'Loaf of bread on a wooden board, sliced.', '机の上の本と眼鏡', 'Hand-drawn map with "here" & an arrow on it.']
export const tags = ['slowtravel', 'bookbinding', '朝活', 'Garten']
export const links: [shown: string, target: string][] = [
  ['example.org/paper', 'https://example.org/paper?size=a4&fold=2'],
  ['ferries.example/timetable…', 'https://ferries.example/timetable/winter#sunday'],
  ['example.net', 'https://example.net/'],
]
