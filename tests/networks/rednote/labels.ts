/** What the interface says, in the two languages that it can be shown in. */
const en = {
  site: 'RedNote', explore: 'Explore', profile: 'Me', follows: 'Following', fans: 'Followers', interaction: 'Likes & Saves', note: 'Notes', fav: 'Saved', liked: 'Liked', redId: 'RedNote ID: ', loading: 'Loading…', end: '- THE END -',
  retry: 'Try again', logIn: 'Log in', phone: 'Phone number', check: 'Slide to verify', checkWhy: 'Your requests are too frequent.', continue: 'Verify', nobody: 'This page is not available', blocked: 'Network error. Check your connection.', say: 'Say something…', close: 'Close',
}
export type Labels = typeof en
export const labels: Record<'en' | 'zh', Labels> = {
  en,
  zh: {
    site: '小红书', explore: '发现', profile: '我', follows: '关注', fans: '粉丝', interaction: '获赞与收藏', note: '笔记', fav: '收藏', liked: '点赞', redId: '小红书号：', loading: '加载中', end: '- THE END -',
    retry: '重试', logIn: '登录', phone: '手机号', check: '请完成安全验证', checkWhy: '访问频次异常。', continue: '验证', nobody: '你访问的页面不见了', blocked: '网络连接异常，请检查网络设置', say: '说点什么...', close: '关闭',
  },
}
