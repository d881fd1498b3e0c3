/** Names and sentences of made-up people. */
export const familyNames = ['林', '陈', '苏', '顾', '沈', '叶', '温', '程', '江', '唐', 'Marlow', 'Ostrey', 'Vandeleur', 'Pettigrew']
export const givenNames = ['小满', '知夏', '阿禾', '念安', '时雨', '南枝', '云舟', '青柠', 'Ivy', 'Juno', 'Milo', 'Wren']
/** Names that trip up a reader of texts. */
export const awkwardNames = ['undefined', 'June’s Life 手作', '小七同学📸', '=SUM(A1)', 'a,b;c', '💤', 'new Set([1])', 'NaN']
/** Endings that only strangers have: their names are looked for in everything that is kept. */
export const strangerNames = ['格里姆斯', '北冥怪客', '陌上闲人', 'Grimsditch', 'Thornquist', 'Wexcombe']
export const referredNames = ['远山茶铺', '阿岚的木工坊', 'Aldermoor', '小舟 Boat']
export const keptNames = ['存粮研究所', '雨天散步指南', 'Inkpenny', '慢火车']

export const ownBio = '装订师｜纸、面包、慢火车\n𝔅ookbinder in Graz ✿\n也在 @ida@mastodon.example'
export const secondBio = '风筝和天气。'

/** Titles of cards; an empty one is usual. */
export const titles = ['一镜到底｜我的小小装订间🏠', '雨天的窗和书', 'A loaf, a knife, a morning', '', '如何把 undefined 说清楚', '{"a":undefined} 不是 JSON', 'Slow trains of Styria 🚂', '第一次做布面精装', '</script> 写进标题会怎样', '山谷里的 NaN 号小屋']
export const sentences = [
  '今天把旧书的书脊重新包了一遍，胶水的味道像下雨。',
  'Bread first, then letters. 🍞✉️',
  '变量是 undefined，心情也是 undefined：new Set([1,2]) 也救不了。',
  '胶、线、纸，三样东西就能过一个下午[笑哭R]',
  'The 14:07 was late, so we walked along the river 👩🏽‍🚀.',
  'Quotes "like these", backslashes \\ and a slash / in one line.',
]
export const tags = ['手工装订', '慢生活', 'bookbinding', '面包日记', '格拉茨']

/** What strangers write: no part of it may be kept. */
export const foreignSentences = ['在屋顶数了一夜的鸽子，一共四十七只。', 'Lamps repaired while you tell me why.', '谁把楼道里的蓝色雨伞拿走了，请还给三楼。', 'My kettle sings flat and the neighbours have noticed.', '收集了三百个旧门把手，现在缺一扇门。']
export const foreignTitles = ['鸽子观察手记第九篇', 'The lamp clinic, week three', '蓝色雨伞寻物启事', 'Kettle in F minor report']
export const foreignComments = ['这把雨伞我见过，在五楼晾着呢。', 'Please bring the kettle to choir practice.']
export const strangerBios = ['我数船为生，差不多吧。', 'Crossword setter of no renown at all.', '专修唱歌的水壶，预约制。']
