/**
 * What is known of hosts: which are servers of the fediverse, and which only look like one. Data, compared as whole names and their subdomains, never as parts of
 * a text. It names sites that have a room here too: this is the one list of reach that does.
 *
 * Renewed by hand, see `NOTES.md`. No package of npm was found that keeps such a list (2026-11).
 */

/** What runs there, as far as the paths of its profiles differ. `micro`: `/@name` or `/users/name`, as with Mastodon, Misskey, Pleroma and their kin. */
export type Software = 'micro' | 'pictures' | 'videos' | 'forum' | 'friendica' | 'books'

const words = (text: string): string[] => text.trim().split(/\s+/)

/**
 * Servers whose name alone does not say it (see `hint`), and the widely known. Drawn up in 2026-11 from what is common knowledge, the servers that are named in
 * `mastodon/documentation`, and names that also stand in the list which a well-known client offers for signing in (`cheeaun/phanpy`, `src/data/instances.json`, 2026).
 */
const servers: Record<Software, string> = {
  micro: `
    mastodon.social mastodon.online mastodon.world mastodon.art mastodon.cloud mastodon.xyz mastodon.green mastodon.scot mastodon.ie mastodon.nl mastodon.nu mastodon.nz
    mastodon.uno mastodon.sdf.org mastodon.gamedev.place mastodon.com.tr mastodon.top mastodon.me.uk mastodon.eus mastodon.ml mastodon.au mastodonapp.uk mastodon-japan.net
    mastodontech.de mastodontti.fi mastodont.cat mastodon.zaclys.com mastodon.iriseden.eu mastodon.africa mastodon.energy mastodon.berlin mastodon.bida.im mastodon.ar.al
    mstdn.jp mstdn.social mstdn.ca mstdn.party mstdn.plus mstdn.games mstdn.dk mstdn.io mstdn.beer mstdn.business mas.to masto.ai masto.es masto.nu masto.pt masto.host masto.nyc
    fosstodon.org infosec.exchange hachyderm.io techhub.social ioc.exchange chaos.social digitalcourage.social norden.social nrw.social sueden.social hessen.social ruhr.social
    muenchen.social berlin.social dresden.network bonn.social freiburg.social augsburg.social machteburch.social leipzig.town muenster.im troet.cafe nerdculture.de metalhead.club
    literatur.social rollenspiel.social bildung.social ard.social zdf.social bawü.social kirche.social social.bund.de social.network.europa.eu ec.social-network.europa.eu
    social.tchncs.de social.anoxinon.de social.cologne social.linux.pizza social.vivaldi.net social.coop social.overheid.nl social.kernel.org social.lol social.sciences.re
    tech.lgbt lgbt.io lgbtqia.space eldritch.cafe queer.party blahaj.zone transfem.social plush.city meow.social pawb.fun snouts.online furry.engineer
    octodon.social toot.cafe toot.community toot.io toot.wales toot.aquilenet.fr toots.nu tooting.ch tooot.im toot.kif.rocks toot.pizza toot.garden
    piaille.fr mamot.fr framapiaf.org mastouille.fr pouet.chapril.org oc.todon.fr todon.eu todon.nl diaspodon.fr boitam.eu sciences.social h4.io ludosphere.fr
    livellosegreto.it sociale.network mastodon.bida.im poliversity.it puntarella.party bologna.one
    ursal.zone bolha.us bantu.social ciberlandia.pt colorid.es tkz.one mastorol.es mast.lat frikiverse.zone tuiter.rocks xarxa.cloud
    snabelen.no oslo.town kjas.no spraakdeling.social est.social norrebro.space helvede.net
    pol.social 101010.pl lewacki.space witter.cz cztwitter.cz maly.io libretooth.gr lor.sh
    m.cmx.im c.im o3o.ca wxw.moe alive.bar nya.one bgme.me douchi.space g0v.social jiong.us moresci.sale
    pawoo.net fedibird.com misskey.io misskey.design misskey.dev mi.cbrx.io nijimiss.moe oekakiskey.com submarin.online sushi.ski otogamer.me qdon.space planet.moe uri.life kpop.social
    best-friends.chat handon.club kirishima.cloud vocalodon.net mikumikudance.cloud famichiki.jp sakurajima.moe shelter.moe wien.rocks fedi.at
    aus.social theblower.au sfba.social pnw.zone cosocial.ca vmst.io universeodon.com mindly.social ohai.social c.im freeradical.zone kolektiva.social sunbeam.city merveilles.town
    tilde.zone tiny.tilde.website hackers.town sdf.org discuss.systems types.pl emacs.ch ruby.social phpc.social front-end.social functional.cafe mathstodon.xyz fediscience.org
    scholar.social mastodon.education hcommons.social qoto.org genomic.social ecoevo.social astrodon.social sigmoid.social datasci.social bookstodon.com wandering.shop dice.camp
    newsie.social journa.host federated.press press.coop botsin.space flipboard.social me.dm a.gup.pe zirk.us home.social mapstodon.space urbanists.social climatejustice.social
    sunny.garden union.place peoplemaking.games gamepad.club socel.net cr8r.gg retro.pizza corteximplant.com treehouse.systems akko.wtf outerheaven.club
    hostux.social geekdom.social indieweb.social defcon.social cyberplace.social noc.social glasgow.social mountains.social veganism.social
    calckey.social firefish.social sharkey.world procial.tchncs.de stop.voring.me woem.space brighteon.social poa.st shitposter.world seafoam.space
    hollo.social gotosocial.org alpaca.gold twit.social wikis.world wikimedia.social w3c.social mozilla.social vivaldi.social dads.cool
    bsky.brid.gy fed.brid.gy web.brid.gy micro.blog`,
  pictures: 'pixelfed.social pixelfed.de pixelfed.fr pixelfed.uno pixelfed.art pixelfed.tokyo pixel.tchncs.de pxlmo.com gram.social metapixl.com pixey.org og.pixelfed.social',
  videos: `tilvids.com diode.zone framatube.org peertube.tv makertube.net video.hardlimit.com peertube.social spectra.video video.ploud.jp tube.tchncs.de peertube.fr aperi.tube
    videos.lukesmith.xyz kolektiva.media video.blender.org share.tube skeptikon.fr tube.kockatoo.org loops.video`,
  forum: `lemmy.world lemmy.ml beehaw.org lemm.ee sh.itjust.works programming.dev feddit.org feddit.de feddit.dk feddit.it feddit.nl feddit.uk lemmy.ca lemmy.zip lemmy.blahaj.zone
    lemmy.dbzer0.com lemmynsfw.com aussie.zone slrpnk.net hexbear.net discuss.tchncs.de sopuli.xyz jlai.lu midwest.social infosec.pub piefed.social kbin.social kbin.run fedia.io thelemmy.club lemmings.world`,
  friendica: 'venera.social libranet.de nerdica.net friendica.eskimo.com anonsys.net loma.ml squeet.me social.trom.tf pirati.ca friendica.world opensocial.at friendica.opensocial.space',
  books: 'bookwyrm.social books.theunseen.city wyrms.de bookrastinating.com lire.boitam.eu',
}

const known = new Map(Object.entries(servers).flatMap(([software, hosts]) => words(hosts).map(host => [new URL(`https://${host}`).hostname, software as Software])))

/** A label that only a server of the fediverse carries, or nearly so; `below`: only in front of a domain of somebody's, since it is a company's name elsewhere. */
const labels: { pattern: RegExp; software: Software; below?: true }[] = [
  { pattern: /^(?:masto|fedi|toots?|troet)$|mastodon|mstdn|fediverse|(?:^|-)(?:masto|fedi|toot)-|-(?:masto|fedi|toot)$|todon$/, software: 'micro' },
  { pattern: /^(?:social|pleroma|akkoma|misskey|sharkey|gts|gotosocial|snac|hollo|mitra|iceshrimp|firefish)$/, software: 'micro', below: true },
  { pattern: /^pixelfed$/, software: 'pictures' },
  { pattern: /^(?:peertube|tube)$/, software: 'videos', below: true },
  { pattern: /^(?:lemmy|kbin|mbin|piefed|feddit)$/, software: 'forum', below: true },
  { pattern: /^friendica$/, software: 'friendica' },
  { pattern: /^bookwyrm$/, software: 'books' },
]
/** Bands of that name, and the like. */
const noSign = new Set(words('mastodonrocks'))
/** Faculties and authorities have mailboxes at hosts that sound alike. */
const academy = /\.(?:edu|gov|mil)$|\.(?:ac|edu|gov)\.[a-z]{2}$/

/** Whether `host` is one of these, or lies below one. */
const isOrBelow = (list: Set<string>, host: string): boolean => {
  for (let rest = host; rest.includes('.'); rest = rest.slice(rest.indexOf('.') + 1)) if (list.has(rest)) return true
  return false
}

/** Where people have mailboxes. An address there is never one of the fediverse. */
const mail = new Set(words(`
  gmail.com googlemail.com hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.it hotmail.es outlook.com outlook.de outlook.fr outlook.jp outlook.es outlook.com.br live.com live.co.uk live.fr
  live.de live.jp msn.com passport.com yahoo.com yahoo.co.jp yahoo.co.uk yahoo.de yahoo.fr yahoo.it yahoo.es yahoo.ca yahoo.in yahoo.co.in yahoo.co.id yahoo.com.br yahoo.com.mx yahoo.com.ar yahoo.com.tw
  yahoo.com.hk ymail.com rocketmail.com aol.com aol.de aim.com icloud.com me.com mac.com gmx.de gmx.net gmx.at gmx.ch gmx.com gmx.us web.de freenet.de t-online.de arcor.de posteo.de posteo.net posteo.org
  posteo.eu mailbox.org protonmail.com protonmail.ch proton.me pm.me tutanota.com tutanota.de tutamail.com tuta.io tuta.com keemail.me hey.com pobox.com fastmail.com fastmail.fm fastmail.net zoho.com
  zohomail.com mail.com email.com usa.com startmail.com hushmail.com runbox.com disroot.org riseup.net autistici.org inventati.org cock.li airmail.cc mailfence.com ctemplar.com skiff.com duck.com
  mozmail.com simplelogin.com anonaddy.com addy.io relay.firefox.com privaterelay.appleid.com naver.com hanmail.net daum.net kakao.com nate.com qq.com foxmail.com 163.com 126.com yeah.net sina.com
  sina.cn sohu.com 139.com 189.cn aliyun.com vip.qq.com mail.ru inbox.ru list.ru bk.ru internet.ru yandex.ru yandex.com ya.ru rambler.ru ukr.net i.ua meta.ua wp.pl o2.pl onet.pl onet.eu op.pl
  interia.pl interia.eu gazeta.pl poczta.fm seznam.cz email.cz centrum.cz post.cz volny.cz azet.sk zoznam.sk freemail.hu citromail.hu abv.bg mail.bg libero.it virgilio.it tiscali.it alice.it
  tin.it hotmail.com.br uol.com.br bol.com.br terra.com.br ig.com.br globo.com sapo.pt orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr bluewin.ch hispeed.ch ziggo.nl kpnmail.nl
  planet.nl xs4all.nl hetnet.nl home.nl telenet.be skynet.be proximus.be btinternet.com sky.com virginmedia.com talktalk.net ntlworld.com blueyonder.co.uk comcast.net verizon.net att.net sbcglobal.net
  bellsouth.net cox.net charter.net earthlink.net juno.com bell.net rogers.com shaw.ca telus.net sympatico.ca bigpond.com optusnet.com.au iinet.net.au xtra.co.nz docomo.ne.jp ezweb.ne.jp
  softbank.ne.jp i.softbank.jp au.com nifty.com biglobe.ne.jp ocn.ne.jp so-net.ne.jp excite.co.jp rediffmail.com walla.com walla.co.il 012.net.il mynet.com ttmail.com bezeqint.net
  hotmail.co.jp hotmail.co.th yahoo.co.th spoko.pl vk.com mail.ee inbox.lv inbox.lt one.lt mail.kz tut.by net.hr siol.net mail.de online.de kabelmail.de alice-dsl.net o2mail.de magenta.de lavabit.com
  delta.chat nine.testrun.org sent.com messagingengine.com eclipso.de firemail.de emailn.de aon.at chello.at inode.at`))

/** Where `/@name`, `/users/name` or `name@host` means something else. */
const elsewhere = new Set(words(`
  youtube.com youtu.be tiktok.com douyin.com medium.com substack.com rumble.com odysee.com lbry.tv patreon.com linktr.ee link.space link.me link.bio linkin.bio lnk.bio bio.link bio.site beacons.ai
  solo.to campsite.bio taplink.cc carrd.co lit.link about.me allmylinks.com manylink.co msha.ke hoo.be snipfeed.co stan.store komi.io flow.page potofu.me profcard.info bento.me read.cv peerlist.io
  skeb.jp pixiv.net fanbox.cc booth.pm fantia.jp note.com note.mu zenn.dev qiita.com hatena.ne.jp hatenablog.com ameblo.jp marshmallow-qa.com peing.net suzuri.jp coconala.com twitcasting.tv
  pronouns.page pronouns.cc pronoun.is traewelling.de observablehq.com foundation.app gamejolt.com peakd.com hive.blog steemit.com ecency.com inleo.io leofinance.io 3speak.tv d.tube dtube.video
  nomadlist.com nomads.com figma.com t.me telegram.me telegram.org flipboard.com unsplash.com pexels.com pixabay.com 500px.com vsco.co behance.net dribbble.com deviantart.com artstation.com cara.app
  producthunt.com hashnode.com hashnode.dev dev.to hackernoon.com betterprogramming.pub towardsdatascience.com uxdesign.cc plainenglish.io freecodecamp.org
  codepen.io codesandbox.io stackblitz.com replit.com glitch.com github.com gitlab.com codeberg.org sr.ht bitbucket.org npmjs.com jsr.io deno.land unpkg.com jsdelivr.net esm.sh stackoverflow.com
  stackexchange.com superuser.com serverfault.com askubuntu.com mathoverflow.net kaggle.com codewars.com leetcode.com hackerrank.com codeforces.com atcoder.jp topcoder.com exercism.org huggingface.co
  archiveofourown.org fanfiction.net wattpad.com royalroad.com tapas.io webtoons.com goodreads.com thestorygraph.com letterboxd.com trakt.tv last.fm anilist.co myanimelist.net kitsu.app kitsu.io
  soundcloud.com bandcamp.com spotify.com audius.co mixcloud.com anchor.fm castbox.fm podbean.com overcast.fm audiomack.com
  facebook.com fb.com fb.me instagram.com instagr.am threads.net threads.com twitter.com x.com t.co bsky.app bsky.social staging.bsky.app bsky.network bsky.team blacksky.app linkedin.com pinterest.com
  snapchat.com whatsapp.com wa.me line.me wechat.com weibo.com xiaohongshu.com xhslink.com rednote.com zhihu.com douban.com bilibili.com kuaishou.com kwai.com vk.com ok.ru dzen.ru
  lemon8-app.com likee.video triller.co clubhouse.com poparazzi.com bere.al vero.co tumblr.com reddit.com quora.com discord.com discord.gg discordapp.com guilded.gg twitch.tv kick.com trovo.live dlive.tv
  steamcommunity.com roblox.com itch.io osu.ppy.sh chess.com lichess.org speedrun.com strava.com komoot.com untappd.com discogs.com rateyourmusic.com musicbrainz.org imdb.com wikipedia.org wikimedia.org
  wikidata.org fandom.com miraheze.org openstreetmap.org google.com goo.gl apple.com music.apple.com apps.apple.com podcasts.apple.com microsoft.com office.com amazon.com etsy.com ebay.com depop.com
  vinted.com poshmark.com redbubble.com gumroad.com ko-fi.com buymeacoffee.com liberapay.com opencollective.com gofundme.com kickstarter.com indiegogo.com throne.com venmo.com cash.app paypal.com
  paypal.me wise.com onlyfans.com fansly.com cameo.com calendly.com cal.com notion.so notion.site blogspot.com blogger.com beehiiv.com buttondown.email buttondown.com tinyletter.com
  speakerdeck.com slideshare.net slides.com prezi.com academia.edu researchgate.net orcid.org scholar.google.com zotero.org
  truthsocial.com gab.com gettr.com parler.com counter.social minds.com mewe.com locals.com bitchute.com post.news t2.social pebble.is spoutible.com cohost.org hive.social hivesocial.app wt.social
  spill.com noplace.com koo.in kooapp.com ello.co vero.co artifact.news tribel.com sez.us airchat.com substack.dev
  mixi.social trump.social eurosky.social northsky.social mu.social tangled.sh tangled.org skylight.social flashes.blue pinksky.app plurk.com
  hackmd.io matters.town matters.news vocus.cc dcard.tw crossbell.io xlog.app unvale.io tiltify.com wakatime.com codestats.net wip.co betalist.com getmakerlog.com hackaday.io devpost.com
  vimeo.com dailymotion.com nebula.tv picarto.tv sooplive.com caffeine.tv whatnot.com voicy.jp stand.fm podchaser.com sessionize.com meetup.com eventbrite.com musescore.com beatstars.com genius.com
  velog.io brunch.co.kr makerworld.com printables.com retrospring.net tap.bio linkpop.com polymarket.com objkt.com suno.com read.cash cent.co publish0x.com travelfeed.com waivio.com vimm.tv golos.id
  blurt.blog splintertalk.io proofofbrain.io busy.org actifit.io appics.com withkoji.com koji.to itnext.io codeburst.io uxplanet.org infosecwriteups.com proandroiddev.com writingcooperative.com
  psiloveyou.xyz likeagirl.io gopubby.com towardsai.net aimind.so devgenius.io stackademic.com netflixtechblog.com thebolditalic.com gitconnected.com datadriveninvestor.com usejournal.com
  scratch.mit.edu tenor.com giphy.com imgur.com myminifactory.com sketchersunited.org fetlife.com cults3d.com pillowfort.social furaffinity.net e621.net newgrounds.com itaku.ee toyhou.se
  ask.fm tellonym.me curiouscat.live curiouscat.me ngl.link guns.lol spooncast.net spoonradio.com bigo.tv 17.live showroom-live.com mirrativ.com reality.app nicovideo.jp smule.com bandlab.com
  duolingo.com librarything.com backloggd.com serializd.com lu.ma wellfound.com muckrack.com inaturalist.org ravelry.com flickr.com sketchfab.com
  warpcast.com farcaster.xyz hey.xyz lenster.xyz orb.club orb.ac lens.xyz mirror.xyz paragraph.xyz paragraph.com zora.co opensea.io rarible.com ens.domains friend.tech
  getalby.com walletofsatoshi.com strike.me ln.tips stacker.news zbd.gg blink.sv coinos.io minibits.cash lifpay.me speed.app cake.cash vlt.ge primal.net iris.to snort.social coracle.social damus.io
  nostr.com nostr.band nostr.build nostrplebs.com nostrcheck.me nostrich.love nostr.land nostr.wine orangepill.dev bitcoiner.chat njump.me satellite.earth verified-nostr.com nostr-check.com
  matrix.to matrix.org element.io conversations.im jabber.org jabber.de jabber.at jabber.ru jabber.ccc.de dukgo.com xmpp.jp yax.im trashserver.net draugr.de 5222.de chatterboxtown.us
  keybase.io skype.com signal.me signal.org session.org threema.id simplex.chat anonradio.net
  joinmastodon.org joinfediverse.wiki fedi.tips fediverse.info fedidb.org instances.social joinpeertube.org join-lemmy.org pixelfed.org misskey-hub.net pawoo.help example.com example.org example.net`))

/** Copies of other people's accounts, made without them. Never offered as the person. */
const mirrors = new Set(words(`
  bird.makeup kilogram.makeup bird.trom.tf birdsite.live bird.froth.zone birdsite.wilde.cloud birdsite.slashdev.space twtr.plus tweet.pasture.moe rss-parrot.net mostr.pub momostr.pink`))

/** Houses of the press: `name@host` there is a mailbox. Their servers, where they have one, lie below. */
const press = new Set(words(`
  nytimes.com washingtonpost.com wsj.com wsj.net bbc.co.uk bbc.com theguardian.com guardian.co.uk ft.com economist.com reuters.com thomsonreuters.com apnews.com ap.org afp.com bloomberg.com bloomberg.net cnn.com
  nbcnews.com nbcuni.com cbsnews.com abc.com abcnews.com foxnews.com npr.org pbs.org politico.com politico.eu axios.com vox.com theverge.com wired.com condenast.com newyorker.com theatlantic.com time.com
  usatoday.com latimes.com bostonglobe.com chicagotribune.com sfchronicle.com propublica.org theintercept.com motherjones.com slate.com salon.com huffpost.com buzzfeed.com buzzfeednews.com vice.com
  techcrunch.com arstechnica.com businessinsider.com insider.com forbes.com fortune.com cnbc.com telegraph.co.uk thetimes.co.uk independent.co.uk dailymail.co.uk mirror.co.uk sky.uk itn.co.uk
  spiegel.de zeit.de sueddeutsche.de sz.de faz.de faz.net taz.de welt.de bild.de tagesspiegel.de heise.de golem.de ard.de zdf.de dw.com derstandard.at nzz.ch srf.ch tagesanzeiger.ch
  lemonde.fr lefigaro.fr liberation.fr mediapart.fr lexpress.fr francetv.fr radiofrance.com elpais.es elpais.com elmundo.es eldiario.es lavanguardia.es corriere.it repubblica.it rai.it ilpost.it
  nrc.nl volkskrant.nl nos.nl vrt.be dn.se svt.se svd.se nrk.no vg.no dr.dk politiken.dk yle.fi hs.fi gazeta.pl wyborcza.pl tvn.pl asahi.com yomiuri.com mainichi.co.jp nikkei.com nhk.or.jp
  globo.com folha.com.br uol.com.br estadao.com abc.net.au smh.com.au cbc.ca globeandmail.com aljazeera.net aljazeera.com haaretz.co.il scmp.com thehindu.co.in timesgroup.com`))

/** Sites whose people have an address of the fediverse where they switched it on: whether it works is not theirs to say in a bio. */
const optional = new Map(Object.entries({ 'threads.net': 'threads.net', 'threads.com': 'threads.net', 'flipboard.com': 'flipboard.com' }))

/** Another network's people, whom a bridge carries where they asked it to: their handles end so, or stand behind `/profile/` of its site (snarfed/bridgy-fed, docs, 2026-08). */
export const bridged = { handles: '.bsky.social', sites: words('bsky.app staging.bsky.app'), host: 'bsky.brid.gy' }

/** Clients: `client/server/@name` is `name@server`. */
const clients = new Set(words('elk.zone main.elk.zone phanpy.social dev.phanpy.social'))

/** Ends of names that are no public host, and endings of files. */
const noTop = new Set(words('local localhost localdomain lan home internal corp intranet onion i2p invalid arpa bit eth sol lens crypto nft wallet dao js png jpg jpeg gif svg html htm php txt json css exe rb cpp tld'))

/** Parts of a host that say what kind of machine it is. */
const service = /^(?:mail|smtp|imap|email|webmail|mx|xmpp|jabber|muc|conference|matrix|synapse|nostr|relay|lnaddress|sip|voip|ftp|ns\d?)$/

/** What stands in explanations of what an address looks like. */
const placeholder = /^(?:your|my|some)[-.]?(?:instance|server|domain|host|site)(?:\.[a-z.]+)?$|^(?:instance|server|domain|example)\.(?:com|net|org|social|tld)$/

/** IDN country codes and a few more: a name in another script ends with one of these, or it is a sentence that goes on. */
export const scriptTops = new Set(words('рф бел укр мкд срб қаз бг ею ελ ευ հայ გე ישראל قطر مصر السعودية امارات ایران عمان المغرب تونس الجزائر الاردن فلسطين سورية سوريا عراق پاکستان بھارت भारत भारतम् বাংলা ভারত ਭਾਰਤ ભારત இந்தியா இலங்கை சிங்கப்பூர் భారత్ ಭಾರತ ഭാരതം ලංකා ไทย ລາວ 中国 中國 台湾 台灣 香港 新加坡 澳門 한국 닷컴 닷넷 みんな コム 世界 网址 网络 公司 онлайн сайт москва орг ком संगठन नेट'))

/**
 * - `server`   a server of the fediverse, by its name or its labels
 * - `open`     nothing is known
 * - `optional` its people are on the fediverse where they switched it on
 * - `client`   shows the people of another server
 * - `none`     a mailbox, another site, a mirror, no public host
 */
export type Standing = 'server' | 'open' | 'optional' | 'client' | 'none'

/** Whether what is there are copies of other people's accounts. */
export const isMirror = (host: string): boolean => isOrBelow(mirrors, host) || /(?:^|\.)birdsite\./.test(host)

/** @param host in lower case and punycode, without `www.` */
export const standingOf = (host: string): Standing => {
  if (clients.has(host)) return 'client'
  if (known.has(host)) return 'server'
  if (optional.has(host)) return 'optional'
  const parts = host.split('.')
  if (isMirror(host) || isOrBelow(mail, host) || isOrBelow(elsewhere, host) || press.has(host) || noTop.has(parts.at(-1) as string)) return 'none'
  if (parts.slice(0, -1).some(part => service.test(part)) || placeholder.test(host)) return 'none'
  return hinted(host) ? 'server' : 'open'
}

const hinted = (host: string): Software | undefined => {
  const parts = host.split('.')
  const name = parts.slice(0, -1)
  if (name.some(part => noSign.has(part))) return undefined
  const found = labels.find(({ pattern, below }) => (below ? name.length > 1 && !academy.test(host) && pattern.test(name[0] as string) : name.some(part => pattern.test(part))))
  return found?.software ?? (parts.at(-1) === 'social' ? 'micro' : undefined)
}

/** What runs there, where that is known or its name says it. */
export const softwareOf = (host: string): Software | undefined => known.get(host) ?? hinted(host)

/** Whether it stands in the list, name by name. */
export const isListed = (host: string): boolean => known.has(host)

/** The host of the addresses of a site whose people may switch the fediverse on. */
export const optionalHost = (host: string): string | undefined => optional.get(host)
