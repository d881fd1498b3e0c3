/** Names and sentences of made-up people; no real person is meant. */
export const givenNames = ['Mirea', 'Jonte', 'Aylin', 'Tomasz', 'Lenka', 'Kwame', 'Noorah', 'Eliasz', 'Sanna', 'Rubena', 'Inesse', 'Matteu', 'Yaraby', 'Oskari', 'Freyda', 'Idrissa', 'Clarin', 'Hugolin', 'Aminata', 'Paavel', 'Gretchen', 'Lucan', 'Zofka', 'Emilian']
export const familyNames = ['Bergvist', 'Okaforie', 'Lindholmer', 'Haddadin', 'Novakova', 'Ferreirinha', 'Tanabe', 'Mullerin', 'Rossini-Vale', 'Kowalczyk', 'Ndiayeva', 'Sorensdal', 'Vargasy', 'Castellar', 'Petrovan', 'Achterlin', 'Yildizer', 'Duartes', 'Holmgard', 'Mbekani', 'Satoko', 'Weissmar', 'Iversdal', 'Barrosa']
/** Only strangers are called by these, so that a stranger's handle is part of no other handle. */
export const strangerNames = ['Quillwander', 'Ostrowhimm', 'Bramblelow', 'Vantongest', 'Hollowmoor', 'Pennyquirk', 'Zwartbloem', 'Featherlow', 'Okonquill', 'Dunsworthen', 'Marrowicke', 'Trelavanne', 'Eichenlow', 'Fairweatherly', 'Grimsdalen', 'Wolkenstern']
/** Only those that own posts name are called by these. */
export const referredNames = ['Aldermere', 'Cobblewyn', 'Duskwatter', 'Everbrook', 'Foxglaive', 'Goosefelder', 'Harrowgait', 'Inkpennig']
/** Only those whose posts the account saved are called by these. */
export const keptNames = ['Juniperow', 'Kettleburn', 'Larkspurrow', 'Mossgathering']
export const awkward: [name: string, handle: string][] = [
  ['=cmd|\' /C calc\'!A0', 'calc.a0'], ['+1 coffee please', 'plus_one_coffee'], ['@home with @friends', 'at.home_'], ['', 'nameless.one'], ['🏳️‍🌈 Robin 👩🏽‍🚀', 'robin__'], ['Ana "Nita" O\'Neil, MD', '_ana.nita_'], ['Zoë;Ünal', 'zoe.uenal'], ['=HYPERLINK("https://example.org","x")', 'hyper_link'], ['12345', '20240117'],
]
export const eastern: [name: string, handle: string][] = [['田中 美咲', 'misaki.tanabe'], ['李小龙迷', 'xiaolong.fann'], ['김서연', 'seoyeon.kimm'], ['ليلى حداد', 'leila.haddadin'], ['יעל כהן', 'yael_c_']]

export const ownBio = '𝔅ookbinder in Graz ✿ Paper, bread, slow trains. With '
export const secondBio = 'Kites and weather.'

/** Captions of the account itself. */
export const sentences = [
  'Coffee on the balcony, and for once no plans at all.',
  'The library lends out seeds now. I came home with beans and three novels.',
  'Finally fixed the squeaky hinge. It had been singing since March.',
  'Long walk along the river, two herons, one very proud dog.',
  'Baked bread from memory. It remembers better than I do.',
  'The fog lifted at ten and the whole valley was there again.',
  'Learning to draw hands. They look like mittens. Good mittens, though.',
  'Took the slow ferry because it was slow.',
]
export const cjk = ['今日は朝から雨。窓の音を聞きながら本を読む。', '오늘은 천천히 걷기로 했다. 강가의 바람이 좋다.', '下班路上买了一束花，今天就这样很好。']
export const rtl = ['صباح الخير من المدينة القديمة، القهوة جاهزة.', 'שבת שקטה, ספר טוב וחלון פתוח.']
export const emoji = ['👩🏽‍🚀 → 🌍: made it home, twice around the block 🏳️‍🌈', 'Family breakfast 👨‍👩‍👧‍👦 and far too many 🥞🥞🥞']
export const tags = ['slowtravel', 'bookbinding', '朝活', 'Garten', 'été_2026', 'pão']
export const alts = ['A heron standing in shallow water.', 'Photo by Ida Marlin on November 02, 2026. May be an image of bread.', '机の上の本と眼鏡', 'Hand-drawn map with "here" written on it.']
export const songs: [title: string, artist: string, id: string][] = [['Night Ferry', 'The Paper Herons', '18012345678901234'], ['Kleiner Regen', 'Duo Halbmond', '17998765432109876']]
export const titles = ['How a spine is sewn', 'Four loaves']

/** What others write: no part of it may be kept. */
export const foreignSentences = [
  'Our street market opens again on Saturday, bring a basket.',
  'Does anyone here know how to get candle wax out of linen?',
  'I rewired the old radio and it speaks Portuguese at night.',
  'Three goals in ten minutes and I was buying crisps.',
  'Looking for a second-hand loom, no hurry, will travel.',
  'Today the lighthouse keeper waved back, best day of the year.',
  'We counted forty-one swifts over the station roof tonight.',
  'Printed the whole run in green by accident and kept it.',
]
export const comments = ['Please bring the kettle to choir practice.', 'Your heron looks like my uncle in the best way.']
export const advertisement = 'Mattresses so soft that you will forget your own address.'
export const strangerBios = ['Swifts, scales and station roofs.', 'I count boats for a living, nearly.', 'Lamps repaired while you tell me why.', 'Crossword setter of no renown.']
export const followBios = ['Keeps bees and a diary.', 'Maps of places that moved.', 'Sea swimmer, all months.']
