/** What the made-up people are called and what they write about. All invented; no real person is meant. */

export const firstNames = [
  'Mira', 'Jonas', 'Ayla', 'Tomas', 'Lena', 'Kofi', 'Noor', 'Elias', 'Sana', 'Ruben', 'Ines', 'Matteo', 'Yara', 'Oskar', 'Freya', 'Idris', 'Clara', 'Hugo', 'Amina', 'Pavel', 'Greta', 'Luca',
  'Zofia', 'Emil', 'Dalia', 'Marek', 'Nina', 'Arjun', 'Selma', 'Theo', 'Rania', 'Viktor', 'Leila', 'Anton', 'Maja', 'Samir', 'Edda', 'Bruno', 'Thandi', 'Nils', 'Alma', 'Kenji', 'Ottilie', 'Ravi',
]
export const lastNames = [
  'Bergström', 'Okafor', 'Lindqvist', 'Haddad', 'Novák', 'Ferreira', 'Tanaka', 'Müller', 'Rossi', 'Kowalski', 'Ndiaye', 'Sørensen', 'Varga', 'Castellanos', 'Petrov', 'Achterberg', 'Yılmaz', 'Duarte',
  'Holm', 'Mbeki', 'Sato', 'Weiß', 'Iversen', 'Barros', 'Kapoor', 'Laurent', 'Moreau', 'Zielińska', 'Keller', 'Abdi', 'Santoro', 'Nakamura', 'Vogel', 'Engström', 'Pereira', 'Hosseini', 'Lund', 'Brandt',
]
/** Only strangers are called by these, so that a stranger's handle is part of no other handle. */
export const strangerNames = [
  'Quillfeather', 'Ostrowhisk', 'Brambleday', 'Vantongeren', 'Hollowmere', 'Pennyquick', 'Zwartbosch', 'Featherly', 'Okonquist', 'Dunsworthy', 'Marrowick', 'Trelavine', 'Eichenlaub', 'Fairweathers', 'Grimsditch',
  'Wolkenstein', 'Umbrafield', 'Larkspurne', 'Yellowlees', 'Thistlewood',
]
/** Only those that own posts point at are called by these. */
export const referredNames = ['Aldermoor', 'Cobblewick', 'Duskwater', 'Everbeck', 'Foxglaive', 'Goosefeld', 'Harrowgate', 'Inkpennyn', 'Jackdawson', 'Kettlebourne']
export const eastern: [name: string, handle: string][] = [
  ['田中 美咲', 'misaki.tanaka'], ['佐藤健', 'takeru_sato'], ['李小龙迷', 'xiaolong.fan'], ['김서연', 'seoyeon.kim'], ['王芳', 'fang.wang'], ['山本 さくら🌸', 'sakura_yamamoto'], ['박지훈', 'jihoon.p'],
]
export const rightToLeft: [name: string, handle: string][] = [['ليلى حداد', 'leila.h'], ['יעל כהן', 'yael_c'], ['محمد الأمين', 'm.alamin'], ['نرگس', 'narges.k']]
export const awkwardNames = [
  '=cmd|\' /C calc\'!A0', '+1 coffee please', '-2+3', '@home with @friends', '=HYPERLINK("https://example.org","x")', '\tTabbed Name', '🏳️‍🌈 Robin 👩🏽‍🚀', 'Ana "Nita" O\'Neil, MD', 'Zoë;Ünal', '👨‍👩‍👧‍👦',
  'Ｆｕｌｌｗｉｄｔｈ', 'e\u0301clair', '', 'A name so long that it runs over the edge of every table it was ever put into, twice',
]
export const remoteHosts = ['mastodon.example', 'photos.example', 'bücher.example', 'social.coop.example', 'snac.example']

/** Sentences of the account itself. `{…}` are filled with people, links and tags. */
export const ownSentences = [
  'Coffee on the balcony, and for once no plans at all.',
  'The library lends out seeds now. I came home with beans and three novels.',
  'Finally fixed the squeaky hinge. It had been singing since March.',
  'Long walk along the river, two herons, one very proud dog.',
  'Somebody left a piano on the square and a stranger played until midnight.',
  'Baked bread from memory. It remembers better than I do.',
  'Small joys: a full tank of ink and an empty train.',
  'The fog lifted at ten and the whole valley was there again.',
  'Learning to draw hands. They look like mittens. Good mittens, though.',
  'First snow. The cat has questions.',
  'Took the slow ferry because it was slow.',
  'Note to self: the good tomatoes are sold before eight.',
]
export const cjkSentences = ['今日は朝から雨。窓の音を聞きながら本を読む。', '山道で小さな花を見つけた🌼 名前は知らない。', '오늘은 천천히 걷기로 했다. 강가의 바람이 좋다.', '下班路上买了一束花，今天就这样很好。']
export const rtlSentences = ['صباح الخير من المدينة القديمة، القهوة جاهزة.', 'שבת שקטה, ספר טוב וחלון פתוח.']
export const emojiSentences = ['👩🏽‍🚀 → 🌍: made it home, twice around the block 🏳️‍🌈', 'Family breakfast 👨‍👩‍👧‍👦 and far too many 🥞🥞🥞', '𝔄𝔫 𝔬𝔩𝔡 sign, 🇵🇹 tiles, ☕️ and e\u0301clairs']
export const ownBio = '𝔅ookbinder in Graz ✿ Paper, bread, slow trains. Also at '
export const secondBio = 'Kites and weather.'

/** Sentences that only other people write: none of them may be kept. */
export const foreignSentences = [
  'Our street market opens again on Saturday, bring a basket.',
  'Does anyone here know how to get candle wax out of linen?',
  'The new exhibition is worth the queue, go on a weekday.',
  'I rewired the old radio and it speaks Portuguese at night.',
  'Three goals in ten minutes and I was buying crisps.',
  'Looking for a second-hand loom, no hurry, will travel.',
  'Today the lighthouse keeper waved back, best day of the year.',
  'Hot take: soup counts as a drink if you are brave enough.',
  'We counted forty-one swifts over the station roof tonight.',
  'My neighbour plays scales at six, and she is getting good.',
  'A reminder that the tram is free on the first Sunday.',
  'Printed the whole run in green by accident and kept it.',
]
export const strangerBios = ['Swifts, scales and station roofs.', 'I count boats for a living, nearly.', 'Lamps repaired while you tell me why.', 'Wandering orchard, open on request.', 'Crossword setter of no renown.']
export const followBios = ['Keeps bees and a diary.', 'Maps of places that moved.', 'Letters, presses, ink under the nails.', 'Sea swimmer, all months.', 'Half of a string duo.']
export const alts = ['A heron standing in shallow water.', 'Loaf of bread on a wooden board, sliced.', 'Photo by a friend in Graz. May be an image of mountain and fog.', '机の上の本と眼鏡', 'Hand-drawn map with "here" written on it.']
export const tags: [shown: string, value: string][] = [['#slowtravel', 'slowtravel'], ['#bookbinding', 'bookbinding'], ['#朝活', '朝活'], ['#Garten', 'Garten']]
export const topics = ['Slow Travel', 'Book Threads', 'Sourdough', 'Night Trains']
export const links: [shown: string, target: string][] = [
  ['example.org/paper', 'https://example.org/paper?size=a4&fold=2'],
  ['ferries.example/timetable…', 'https://ferries.example/timetable/winter#sunday'],
  ['bücher.example/leim', 'https://xn--bcher-kva.example/leim'],
  ['example.net', 'https://example.net/'],
]
