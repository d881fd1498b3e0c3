/** The words of the site, in two languages. */
export type Language = 'en' | 'ja'

export const labels: Record<Language, Record<string, string>> = {
  en: {
    home: 'Home', profile: 'Profile', history: 'History', posts: 'Posts', replies: 'Replies', media: 'Media', following: 'Following', followers: 'Followers', lists: 'Lists', bookmarks: 'Bookmarks', likes: 'Likes', follow: 'Follow', suggestions: 'Who to follow',
    pinned: 'Pinned', reposted: '{name} reposted', promoted: 'Ad', loading: 'Loading…', retry: 'Try again', wrong: 'Something went wrong. Try reloading.', end: 'Nothing more to see here', nobody: 'This account doesn’t exist', gone: 'This Post is unavailable.', blocked: 'Blocked accounts',
    muted: 'Muted accounts', members: 'List members', logIn: 'Sign in to X', username: 'Username', password: 'Password', check: 'Your account has been locked', checkWhy: 'We have found unusual activity. Confirm that you are a person.', go: 'Continue', compose: 'What is happening?', timeline: 'Timeline: {name}',
  },
  ja: {
    home: 'ホーム', profile: 'プロフィール', history: '履歴', posts: 'ポスト', replies: '返信', media: 'メディア', following: 'フォロー中', followers: 'フォロワー', lists: 'リスト', bookmarks: 'ブックマーク', likes: 'いいね', follow: 'フォロー', suggestions: 'おすすめユーザー',
    pinned: '固定', reposted: '{name}さんがリポストしました', promoted: 'プロモーション', loading: '読み込み中…', retry: 'やりなおす', wrong: '問題が発生しました。再読み込みしてください。', end: 'これ以上はありません', nobody: 'このアカウントは存在しません', gone: 'このポストは表示できません。', blocked: 'ブロックしたアカウント',
    muted: 'ミュートしたアカウント', members: 'リストのメンバー', logIn: 'Xにログイン', username: 'ユーザー名', password: 'パスワード', check: 'アカウントがロックされました', checkWhy: '通常とは異なるアクティビティが検出されました。', go: '次へ', compose: 'いまどうしてる？', timeline: 'タイムライン: {name}',
  },
}
