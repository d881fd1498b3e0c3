/** What the interface says, in both languages that it can be shown in. */
export type Language = 'en' | 'de'

const en = {
  posts: 'posts', followers: 'followers', following: 'following', follow: 'Follow', followingButton: 'Following', picture: '{name}’s profile picture', followedBy: 'Followed by', suggested: 'Suggested for you', search: 'Search', close: 'Close',
  tabPosts: 'Posts', tabReels: 'Reels', tabReposts: 'Reposts', tabTagged: 'Tagged', saved: 'Saved', retry: 'Try again', loading: 'Loading…', logIn: 'Log in', username: 'Username', password: 'Password', check: 'Help us confirm it’s you',
  checkWhy: 'We noticed unusual activity.', continue: 'Continue', nobody: 'Sorry, this page isn’t available.', home: 'Home', profile: 'Profile', carousel: 'Carousel', clip: 'Clip', notify: 'Turn on notifications', later: 'Not now', empty: 'No posts yet',
}
export type Labels = typeof en

export const labels: Record<Language, Labels> = {
  en,
  de: {
    posts: 'Beiträge', followers: 'Follower', following: 'gefolgt', follow: 'Folgen', followingButton: 'Gefolgt', picture: 'Profilbild von {name}', followedBy: 'Gefolgt von', suggested: 'Vorschläge für dich', search: 'Suchen', close: 'Schließen',
    tabPosts: 'Beiträge', tabReels: 'Reels', tabReposts: 'Reposts', tabTagged: 'Markiert', saved: 'Gespeichert', retry: 'Erneut versuchen', loading: 'Wird geladen …', logIn: 'Anmelden', username: 'Benutzername', password: 'Passwort',
    check: 'Bestätige, dass du es bist', checkWhy: 'Uns ist ungewöhnliche Aktivität aufgefallen.', continue: 'Weiter', nobody: 'Diese Seite ist leider nicht verfügbar.', home: 'Startseite', profile: 'Profil', carousel: 'Karussell', clip: 'Clip',
    notify: 'Benachrichtigungen aktivieren', later: 'Jetzt nicht', empty: 'Noch keine Beiträge',
  },
}
