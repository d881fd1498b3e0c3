/** What the interface says, in the two languages that it can be shown in. */
const en = {
  forYou: 'For You', profile: 'Profile', logIn: 'Log in', following: 'Following', followers: 'Followers', friends: 'Friends', suggested: 'Suggested', followed: 'Following', videos: 'Videos', reposts: 'Reposts',
  favorites: 'Favorites', liked: 'Liked', loading: 'Loading…', retry: 'Refresh', check: 'Drag the slider to fit the puzzle', nobody: "Couldn't find this account", hidden: 'This list is hidden',
}
export type Labels = typeof en
export const labels: Record<'en' | 'ja', Labels> = {
  en,
  ja: {
    forYou: 'おすすめ', profile: 'プロフィール', logIn: 'ログイン', following: 'フォロー中', followers: 'フォロワー', friends: '友達', suggested: 'おすすめ', followed: 'フォロー中', videos: '動画', reposts: '再投稿',
    favorites: 'お気に入り', liked: 'いいね', loading: '読み込み中…', retry: '更新', check: 'スライダーを動かしてください', nobody: 'このアカウントは見つかりませんでした', hidden: 'このリストは非公開です',
  },
}
