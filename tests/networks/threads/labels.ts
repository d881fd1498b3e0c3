/** What the interface says, in the three languages that it can be shown in. */
export type Language = 'en' | 'ja' | 'de'

const en = {
  threads: 'Threads', replies: 'Replies', reposts: 'Reposts', media: 'Media', followers: '{n} followers', followersTab: 'Followers', followingTab: 'Following', following: 'Following', follow: 'Follow',
  sayMore: 'Say more', pinned: 'Pinned', reposted: '{name} reposted', edited: 'Edited', unavailable: 'This post is unavailable.', retry: 'Try again', compose: 'What’s new?', picture: '{name}’s profile picture',
  suggestions: 'Suggested for you', loading: 'Loading…', hidden: 'This list is hidden.', logIn: 'Log in', username: 'Username', password: 'Password', check: 'Help us confirm it’s you', checkWhy: 'We noticed unusual activity.',
  continue: 'Continue', nobody: 'Sorry, this page isn’t available.', home: 'Home', search: 'Search', profile: 'Profile', close: 'Close', end: 'That is all.', spoiler: 'Spoiler',
}
export type Labels = typeof en

export const labels: Record<Language, Labels> = {
  en,
  de: {
    threads: 'Threads', replies: 'Antworten', reposts: 'Reposts', media: 'Medien', followers: '{n} Follower', followersTab: 'Follower', followingTab: 'Gefolgt', following: 'Gefolgt', follow: 'Folgen',
    sayMore: 'Sag mehr', pinned: 'Angepinnt', reposted: '{name} hat das repostet', edited: 'Bearbeitet', unavailable: 'Dieser Beitrag ist nicht verfügbar.', retry: 'Erneut versuchen', compose: 'Was gibt’s Neues?', picture: 'Profilbild von {name}',
    suggestions: 'Vorschläge für dich', loading: 'Wird geladen …', hidden: 'Diese Liste ist verborgen.', logIn: 'Anmelden', username: 'Benutzername', password: 'Passwort', check: 'Bestätige, dass du es bist', checkWhy: 'Uns ist ungewöhnliche Aktivität aufgefallen.',
    continue: 'Weiter', nobody: 'Diese Seite ist leider nicht verfügbar.', home: 'Startseite', search: 'Suche', profile: 'Profil', close: 'Schließen', end: 'Das war alles.', spoiler: 'Spoiler',
  },
  ja: {
    threads: 'スレッド', replies: '返信', reposts: '再投稿', media: 'メディア', followers: 'フォロワー{n}人', followersTab: 'フォロワー', followingTab: 'フォロー中', following: 'フォロー中', follow: 'フォローする',
    sayMore: 'もっと語ろう', pinned: '固定済み', reposted: '{name}さんが再投稿しました', edited: '編集済み', unavailable: 'この投稿は利用できません。', retry: 'もう一度試す', compose: '今なにしてる？', picture: '{name}のプロフィール写真',
    suggestions: 'おすすめ', loading: '読み込み中…', hidden: 'このリストは非公開です。', logIn: 'ログイン', username: 'ユーザーネーム', password: 'パスワード', check: '本人確認にご協力ください', checkWhy: '通常と異なるアクティビティが検出されました。',
    continue: '次へ', nobody: 'このページはご利用いただけません。', home: 'ホーム', search: '検索', profile: 'プロフィール', close: '閉じる', end: 'これで全部です。', spoiler: 'ネタバレ',
  },
}
