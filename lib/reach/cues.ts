/**
 * Words around an address that say whose it is, or that it is none of the fediverse. Data for `find.ts`: each list is tried against the few words directly before or after
 * an address, in lower case. Precision goes first: where the words leave it open whose address it is, it is not taken for the person's own.
 */

const any = (...lists: string[]): string => lists.map(list => list.trim().split(/\s*\|\s*/).filter(Boolean).join('|')).join('|')
/** Not in the middle of a word of a script that parts its words. */
const before = String.raw`(?<![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{N}_.@])`
const after = String.raw`(?![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{N}_])`
const word = (...lists: string[]): string => `${before}(?:${any(...lists)})${after}`

/** The fediverse, its servers' software, and how people call them. */
const fediWords = any(
  String.raw`mastodont?[eis]?|mastadon|mastodontti|masto|mstdn|fedi|fedivers[eo]?|f[ée]divers|fediversum|fediversumi|fediwersum|toots?|tröts?|troet|pouet|activitypub|pixelfed|misskey|akkoma|pleroma|peertube|friendica|gotosocial|sharkey|iceshrimp|bookwyrm|lemmy`,
  'мастодон[аеу]?|федиверс[ае]?|федіверс|федівсесвіт|μαστόδον(?:τας)?|μαστοντον|μάστοντον',
  'ماستودون|مستودون|ماستدون|ماستودن|ماستودان|فيديفرس|فدیورس|فدیورسه|מסטודון|פדיברס|הפדיברס',
)
const fediSigns = 'マストドン|マスト丼|ますとどん|ミスキー|みすきー|フェディバース|フェディ|분산형\\s?sns|마스토돈|미스키|페디버스|연합우주|長毛象|长毛象|毛象|猛犸象?|猛獁象?|联邦宇宙|聯邦宇宙|मास्टोडन|मास्टोडॉन|मैस्टोडॉन|फेडीवर्स|फ़ेडिवर्स|มาสโตดอน|แมสโตดอน|เฟดิเวิร์ส|মাস্টোডন|மாஸ்டடான்|მასტოდონ|մաստոդոն|🐘|🦣|⁂'
const fedi = `(?:${before}(?:${fediWords})(?:'s)?${after}|${fediSigns})`

const spoken = new RegExp(`(?:${before}(?:${fediWords})\\d{0,4}${after}|${fediSigns.replace('|🐘|🦣|⁂', '')})`, 'iu')
/** Cheap, and true wherever `spoken` finds something. */
const perhapsSpoken = /mast|mstd|fed|f[ée]div|toot|tr(?:ö|oe)t|pouet|activitypub|pixelfed|misskey|akkoma|plerom|peertube|friendica|gotosocial|sharkey|iceshrimp|bookwyrm|lemmy|[^\0-\u02ff\u2000-\u2bff\ud800-\udfff]/i
/** Words about the fediverse, somewhere in a text: an elephant alone is none. */
export const mention = (text: string): RegExpExecArray | undefined => (perhapsSpoken.test(text) ? (spoken.exec(text) ?? undefined) : undefined)

/** What may stand between a cue and the address: words that change nothing. */
const safe = word(
  'at|on|to|over|as|is|in|the|here|now|also|mostly|more|active|instead|there|my|main|new|account|accounts|acct|handle|id|profile|name|username|user|address|server|instance|too|via|under',
  'bei|auf|unter|nach|als|zu|im|in|hier|jetzt|nun|auch|mich|ihr|mein|konto|sur|à|chez|ici|maintenant|aussi|désormais|le|la|compte|mon|en|a|por|como|ahora|también|el|cuenta|mi|perfil|em|no|na|também|agora|conta|minha',
  'su|anche|ora|il|profilo|op|naar|hier|mijn|på|till|til|som|hos|här|her|mitt|konto|na|w|do|jako|pod|się|в|на|тут|здесь|по|адресу|аккаунт|у|hesabım|adresim|ve|di|ke|akun',
)
const signs = 'アカウント|アカ|垢|のアカウント|のid|は|の|で|に|も|계정|주소|은|는|에서|도|账号|帐号|帳號|地址|上|在|是|号|號|：|บัญชี|ที่|अकाउंट|पर'
const filler = `(?:(?:[\\s:：=~|/(\\[{"'“”‘’„«».*_–—→➡➔➜⇒⟶»›>👉☞▶►,-]|${safe}|${signs}){0,14})`

const own = word(
  String.raw`(?:find|follow|reach|catch|see|contact|add|dm|message|join|tag|ping) me|i['’]?m|i am|it['’]?s me|me|moved|migrated|moving|relocated|now|mostly|mainly|primarily|also|active|posting|tooting|living|live|new home|home|main|primary|new account|main account|personal|personal account`,
  String.raw`folgt? mir|find(?:et|est|en)? (?:ihr |du |sie )?mich|ich|ich bin|jetzt|nun|auch|neu|umgezogen|zuhause|hauptaccount|hauptkonto|erreichbar|privat`,
  String.raw`(?:suivez|suis|retrouvez|trouvez|rejoignez|contactez)[ -]moi|je suis|moi|maintenant|désormais|aussi|présente?|compte principal`,
  String.raw`s[ií]gueme|s[ií]ganme|encu[ée]ntrame|b[uú]scame|me encuentr[ao]s|me encontr[áa]is|cont[aá]ctame|estoy|ahora|tambi[ée]n|me mud[ée]|soy|cuenta principal|me (?:siga|sigam|ache|acha|encontre)|siga-me|sigam-me|estou|agora|também|me mudei|sou|conta principal`,
  String.raw`seguimi|seguitemi|trovami|mi trovi|mi trovate|sono|ora|adesso|anche|mi sono (?:trasferit[oa]|spostat[oa])|volg (?:me|mij)|vind (?:me|mij)|ik|ik ben|ik zit|nu|ook|verhuisd|te vinden`,
  String.raw`följ mig|hitta mig|jag|jag är|finns|nu|även|också|flyttat|følg (?:mig|meg)|find mig|finn meg|jeg|jeg er|nå|også|flyttet|seuraa|löydät minut|nyt|myös`,
  String.raw`(?:znajd[źz]|szukaj|szukajcie|obserwuj|obserwujcie) mnie|jestem|teraz|też|również|przeniosł[ae]m się|sledujte mě|najdete mě|jsem|teď|também|kövess|itt`,
  String.raw`я|ищите меня|меня|теперь|сейчас|также|тоже|переехала?|основной|мой|шукайте мене|мене|тепер|зараз|також|переїхала?|мій|ben|beni takip edin|artık|şimdi|ikuti saya|saya|sekarang|juga|pindah|theo dõi|tôi`,
  'تابعني|تابعوني|أنا|انا|الآن|أيضا|ايضا|انتقلت|حسابي|من|الان|دنبالم|אני|עכשיו|עקבו אחריי?|גם|עברתי|εγώ|είμαι|τώρα|ακολουθήστε με',
)
const ownSigns = 'こちら|移行先|移住先|引っ?越し先|避難先|新垢|新アカ|本垢|本アカ|メイン|主に|今は|現在|にいます|います|지금은|현재|이사|본계|메인|여기|现在|現在|已?搬到|搬家到?|新号|新號|主号|主號|大号|我在|关注我|關注我|也在|मैं|मुझे फॉलो|ตามได้ที่|ติดตามได้ที่|ติดตาม|ย้ายไป|ผม|ฉัน'

/** The words directly before: the address is the person's own. */
export const saysOwn = new RegExp(`(?:${fedi}|${own}|${ownSigns})${filler}$`, 'iu')
/** The words directly before name the fediverse. */
export const saysFediverse = new RegExp(`${fedi}${filler}$`, 'iu')
/** The words directly after do. */
export const fediverseFollows = new RegExp(`^[\\s)\\]"'”’]{0,3}(?:[(\\[]\\s?)?(?:(?:on|auf|sur|en|no|su|op|på|na|w|in|via|в|на|the|le|la|el|o)\\s){0,2}${fedi}`, 'iu')
/** They have moved there. */
export const saysMoved = new RegExp(`(?:${word(String.raw`(?:moved|migrated|moving|switched|relocated|umgezogen|déménagé|me mudé|me mudei|trasferit[oa]|verhuisd|flyttat|flyttet|przeniosł[ae]m się|переехала?|переїхала?|انتقلت|עברתי|now|jetzt|maintenant|ahora|agora|ora|nu|teraz|теперь|тепер)(?:[^,;|\n]{0,60}?(?:to|nach|à|a|para|naar|till|til|do|в|на|إلى|ל))?`)}|移行先|移住先|引っ?越し先|新垢|이사|搬到|搬家到?)${filler}$`, 'iu')

/** Words after which an address is somebody else's, or one that the person does not use now. */
const kin = String.raw`wife|husband|hubby|spouse|partner|boyfriend|girlfriend|bf|gf|fianc[ée]e?|son|daughter|kid|brother|sister|sibling|twin|mother|father|mom|mum|dad|mama|papa|parent|friend|bestie|bff|colleague|coworker|assistant|boss|cat|dog|pet|fan|stan|lover|admirer|parody|impersonator|impostor|mirror|copy|clone|bot|robot|archive|spokesperson|sponsor|patron|supporter`
const post = String.raw`member|part|admin|administrator|moderator|mod|maintainer|creator|owner|operator|founder|co-?founder|ceo|cto|cfo|chair|president|director|editor|host|co-?host|producer|head|lead|team|volunteer|contributor|alumn[a-z]+|alum|staff|board|intern|fellow|ambassador|rep|representative|employee|engineer|developer|dev|journalist|reporter|professor|researcher|student|author|writer|columnist`
/** Phrases that deny: a few words may stand between them and the address. */
const denials = word(
  String.raw`not|isn['’]?t|aren['’]?t|never|don['’]?t|no relation to|ex|former|formerly|previous|previously|prev|was|were|used to be|once|back then`,
  String.raw`(?:${kin}|account|handle|server)(?: account)? (?:of|to|for|at|with|by|from|in|@)|married to|engaged to|dating|in love with|owned by|represented by|signed to|(?:run|managed|made|built|created|maintained|operated|hosted|written|drawn|designed|inspired|powered|sponsored|brought to you|blocked|hacked|stolen|banned) (?:by|from)`,
  String.raw`(?:art|pfp|avatar|avi|icon|header|banner|photo|picture|pic|profile pic|profile picture|layout|theme|image)(?: made| drawn)? (?:by|from|credit|©)`,
  String.raw`(?:my|his|her|their|your|mein|meine|mon|ma|mi|mio|mia|meu|minha|mijn|min|moja|mój|моя|мой) (?:other|alt|second|2nd|work|old|side|wonderful|lovely|beautiful|dear|late|better half|company|employer|friends|band|project|podcast|blog|shop|club|school|university|${kin}|frau|mann|arbeitgeber|chef|hund|katze|verein|projekt|femme|mari|chat|chien|entreprise|esposa|esposo|mujer|marido|empresa|perro|gato|moglie|marito|vrouw|man|werkgever|fru|kone|mand|żona|mąż|жена|муж)(?:['’]?s)?`,
  String.raw`nicht|kein|keine|ehemals|ehem\.?|früher|vormals|(?:frau|mann|freund|freundin|fan|parodie|bot|kopie) (?:von|der|des)|verheiratet mit|betrieben von`,
  String.raw`pas|anciennement|autrefois|(?:fan|femme|mari|épouse|époux|ami|amie|parodie|bot) (?:de|du|d['’])|marié(?:e)? (?:à|avec)|géré par`,
  String.raw`no soy|antes|(?:esposa|esposo|mujer|marido|novi[oa]|fan|parodia|bot|amig[oa]) (?:de|del)|casad[oa] con|não sou|nao sou|(?:esposa|marido|namorad[oa]|fã|paródia) (?:de|da|do)|casad[oa] com`,
  String.raw`non sono|precedentemente|(?:moglie|marito|fan|parodia|fidanzat[oa]|amic[oa]) (?:di|del|della)|sposat[oa] con|niet|voorheen|vroeger|(?:vrouw|man|fan|parodie|vriend|vriendin) van|getrouwd met`,
  String.raw`inte|ikke|tidigare|tidligere|gift med|(?:fru|man|kone|mand|fan) (?:till|til|av|af)|entinen|vaimoni|mieheni|puolisoni|nie jestem|dawniej|wcześniej|żonaty z|dříve|değil|önceki|bukan|mantan|không phải`,
  String.raw`не|бывш(?:ий|ая|ее|ие)|экс|раньше|ранее|пародия(?: на)?|колишн(?:ій|я)|раніше|πρώην|δεν είμαι`,
  'ليس|لست|سابق|سابقا|سابقاً|قبلا|לא|לשעבר|אשתו של|בעלה של|נשואה? ל',
)
/** Phrases that place somebody: what is named after them may be that place's, or theirs. */
const places = word(
  String.raw`works? (?:at|for|with|in)|worked (?:at|for|with)|working (?:at|for|with)|employed (?:at|by)|day job|interning at|stud(?:y|ies|ying) at|teach(?:es|ing)? at|writes? for|writing for|reports? for|(?:${post}) (?:of|to|for|at|with|by|from|in|@)`,
  String.raw`arbeite[tn]? (?:bei|für)|(?:redakteur|mitglied|mitarbeiter|gründer)(?:in)? (?:bei|von|der|des|im)|(?:team|chef) (?:von|bei|der|des)|travaille (?:chez|pour|à)|(?:journaliste|dev|ingénieure?|prof|directeur|directrice|membre|chef|fondateur|fondatrice) (?:chez|à|pour|de|du|d['’])`,
  String.raw`trabajo (?:en|para|con)|trabaja (?:en|para)|(?:periodista|miembro|directora?|fundadora?|equipo) (?:de|del|en)|trabalho (?:na|no|em|para)|(?:jornalista|membro|diretora?) (?:de|da|do|na|no)|lavoro (?:in|per|a|presso|da)|(?:membro|giornalista) (?:di|del|della|a|per)|werk(?:t|zaam)? (?:bij|voor)|lid van`,
  String.raw`jobbar (?:på|hos|för|med)|arbejder (?:hos|for|på)|jobber (?:hos|for|på)|medlem (?:i|av|af)|töissä|pracuję (?:w|dla)|pracuji (?:v|pro)|çalışıyor(?:um)?|bekerja di|kerja di|làm việc tại|работаю (?:в|на|у|для)|работает (?:в|на|у)|працюю (?:в|у|на|для)|δουλεύω`,
  'أعمل (?:في|لدى)|اعمل (?:في|لدى)|עובדת? ב',
)
/** Labels that deny: only these, and what an account is called, stand before the address. */
const labels = word(
  String.raw`h\/t|hat tip|via|rt|cc|thanks|thanks to|credits?|credits? to|see also|shoutout to|shout-?out|impersonated by|pfp|avatar|avi|icon|header|banner|profile pic(?:ture)?|running|runs|behind|building`,
  String.raw`old|late|dead|inactive|abandoned|defunct|retired|archived|past|r\.?i\.?p\.?|alts?|alternate|alternative|backup|back-up|secondary|second|2nd|other|side|priv|nsfw|18\+|after dark|partner|wife|husband|spouse|fianc[ée]e?|girlfriend|boyfriend|friends?|cat|dog|employer|parody|fake|impostor|unofficial|admin contact`,
  String.raw`alte?[rs]?|zweit[a-z]+|arbeitgeber|frau|mann|ancien|ancienne|compte secondaire|secondaire|employeur|femme|mari|antigu[oa]|antig[oa]|cuenta (?:alterna|alternativa|secundaria|de trabajo)|conta (?:secundária|alternativa|de trabalho)|secundári?a|esposa|esposo|marido|vecchio|account secondario|moglie|marito|oud|vrouw|gammal|gammel|fru|kone`,
  String.raw`były|była|stary|stare|żona|mąż|fanka?|bývalý|bývalá|starý|manželka|manžel|volt|régi|eski|eşi|karısı|kocası|istri|suami|dulu|lama|cựu|vợ|chồng|старый|жена|муж|фанат(?:ка)?|фан|дружина|чоловік|زوجة|زوج|حساب قديم|حساب ثانوي|همسر`,
)
/** Labels of what somebody has or does: the account of that, unless it is named like their own. */
const works = word(
  'hosts?|co-?hosts?|admins?|mods?|moderators?|members?|guests?|this week|work|job|business|company|org|project|band|podcast|show|bot|blog|newsletter|shop|store|team|our team|club|(?:our )?(?:instance|server)|our ceo|dienstlich|beruflich|arbeit|projekt|verein|compte pro|boulot|trabajo|trabalho|lavoro|werk|jobb|бот',
)
const labelSigns = '旧|旧垢|旧アカ|旧アカウント|元|前の|前は|以前は|勤務先|所属|会社|夫|妻|嫁|旦那|彼氏|彼女|サブ|サブ垢|サブアカ|別垢|別アカ|裏垢|副垢|推し|友達|相方|アイコン|ヘッダー|中の人|구계|구계정|이전|이전 계정|회사|직장|남편|아내|부계|부계정|서브|최애|친구|不是|并非|並非|前任|旧号|舊號|旧帐号|小号|小號|副号|公司|老公|老婆|丈夫|妻子|男友|女友|供职于|就职于|任职于|任職於|就職於|工作于|ไม่ใช่|อดีต|ทำงานที่|ภรรยา|สามี|नहीं|पूर्व|पत्नी|पति|❤|♥|💍|💕|💖|💞|💑|💏|👫|👬|👭|👰|🤵|💼|🏢|🏛|🔁|♻|🪦|☠|💀|⚰|❌|🚫|⛔|🤖'
/** A network that was left is nobody: "ex-Twitter", "not here". */
const left = String.raw`twitter|x|birdsite|tumblr|facebook|fb|insta[a-z]*|ig|threads|bluesky|bsky|reddit|tiktok|here|hier|ici|aquí|aqui|socials?|active|aktiv|aktif|activo|online`
const gap = String.raw`[\s:：=~\/(\[{"'“”‘’„«»*_–—→>👉-]{0,6}`
const between = String.raw`(?:[\s:：=~\/(\[{"'“”‘’„«»*_–—→>-]{1,4}(?!(?:${left})${after})[\p{L}\p{M}'’]{1,20}){0,3}`
const called = String.raw`(?:${gap}(?:${fedi}|${word('accounts?|handle|konto|compte|cuenta|conta|profile?|social')}|アカウント|アカ|垢|계정|账号|帳號|は|の|が|で)){0,3}`
export const saysOthers = new RegExp(`(?:${denials}(?!${gap}(?:${left})${after})${between}|(?:${labels}|${labelSigns})${called})${gap}$`, 'iu')
/** They are somewhere; the first group is what stands between: with words there, a name like their own is theirs. */
export const saysPlace = new RegExp(`${places}(${between})${gap}$`, 'iu')
/** The account of what they have or do. */
export const saysWorks = new RegExp(`${works}${called}${gap}$`, 'iu')

/** What people are for somebody: right before or after an address it may be where they are that. */
const roles = 'engineer|developer|dev|programmer|editor|reporter|journalist|correspondent|columnist|ceo|cto|cfo|coo|vp|founder|co-?founder|director|manager|head|lead|professor|prof|lecturer|researcher|scientist|phd|postdoc|student|fellow|intern|chair|member|staff|board|host|co-?host|producer|admin|mod|moderator|maintainer|contributor|volunteer|consultant|analyst|advisor|advocate|strategist|spokesperson|president|secretary|team|marketing|comms|communications|sales|pr|press|security|product|policy|ops|devrel|sre|alum|alumni'
/** Words directly before that leave it open: what follows may be an employer, a client, a friend. */
const open = word(
  'at|for|of|by|with|from|via|follow|following|see|read|support|supporting|love|loves|like|likes|miss|hosts|and|or|to|meet|tag|ask|hire|join|visit|try|check|watch|hear|feat|ft|run|help|helping',
  roles,
  'redakteur|redakteurin|entwickler|entwicklerin|professorin|mitglied|gründer|gründerin|journalistin|leiter|leiterin|chef|chefin|ingenieur|ingenieurin|von|für|mit|und|oder|bei|im|beim',
  'journaliste|rédacteur|rédactrice|développeur|développeuse|ingénieur|ingénieure|directeur|directrice|membre|fondateur|fondatrice|chez|de|du|des|pour|par|avec|et|ou',
  'periodista|editora?|desarrollador|desarrolladora|ingeniero|ingeniera|directora?|miembro|fundadora?|jornalista|desenvolvedora?|diretora?|membro|del|da|do|das|dos|para|com|con|y|e|en|em|na|no',
  'giornalista|redattore|redattrice|sviluppatore|sviluppatrice|direttore|direttrice|di|del|della|per|presso|van|voor|met|bij|journalist|hoofd|av|för|hos|med|och|og|ved|w|z|dla|od|oraz|pro|в|у|от|для|с|и|з|та|від|журналист|журналистка|редактор|разработчик|инженер|ve|dan|di|untuk|của|và',
)
export const leavesOpen = new RegExp(`(?:${open}|の|与|和|及|와|과|及び|と|(?:^|\\s)@(?=\\s))[\\s"'“‘(\\[{]{0,3}$`, 'iu')

/** The words directly after: it is not theirs, or not now. */
export const deniedAfter = new RegExp(
  `^(?:${[
    String.raw`['’]s${after}`,
    String.raw`[\s)\]"'”’]{0,3}[(\[–—:-]{0,2}\s?(?:${word(
      String.raw`old|inactive|dead|abandoned|defunct|archived|former|formerly|previously|not me|not mine|alt|alternate|backup|nsfw|parody|fan account|fan|stan|unofficial|employer|wife|husband|spouse|partner|girlfriend|boyfriend`,
      String.raw`is (?:not|my|a|an|our|the|dead|fake|old|run)|owns|isn['’]?t|was|aren['’]?t|ist (?:nicht|meine?|ein|eine|unser)|n['’]est pas|est (?:mon|ma|un|une|notre)|no (?:es|soy)|es (?:mi|un|una)|não (?:é|sou)|é (?:meu|minha|um|uma)|non (?:è|sono)|è (?:mio|mia|un|una)|is (?:niet|mijn|een)|är (?:inte|min|en)|er (?:ikke|min|en)|to nie|не я|это не|alt|zweitaccount|ancien|antigua?|vecchio|oud|gammal|stary|старый|eski|lama`,
    )}|💍|🪦|❌|🚫|⛔)`,
    String.raw`\s?(?:さん|くん|ちゃん|氏|様|님|씨|ではありません|ではない|じゃない|じゃありません|の中の人|の妻|の夫|のファン|の嫁|所属|勤務|で働|아님|이 아니|가 아니|의 아내|의 남편|의 팬|팬|에서 일|소속|재직|的(?:老婆|老公|妻子|丈夫|粉丝|粉絲|员工|員工|朋友)|不是|工作|ไม่ใช่|ليس|नहीं)`,
    String.raw`\s{0,2}(?:→|➡|➔|➜|⇒|⟶|->|=>|>>)\s{0,2}@`,
  ].join('|')})`,
  'iu',
)

/** The words directly after leave it open in the same way. */
export const leavesOpenAfter = new RegExp(`^[\\s)\\]"'”’]{0,3}(?:${word(roles)}|[(\\[–—:-]{0,2}\\s?${word('bot|work|day job|band|project|podcast|team|company|org')})`, 'iu')

/** Directly before: a mailbox, a chat, a wallet follows. */
const mailWords = word(String.raw`e-?mails?|mails?|mailto|e-?post|eposta|e-posta|courriel|correo|posta|pošta|poczta|почта|почту|мейл|имейл|пошта|gpg|pgp|wkd|إيميل|ايميل|بريد|البريد|ایمیل|דוא["״]?ל|מייל|אימייל`)
const mailSigns = '(?:^|[\\s|•·,])e\\s?(?=[:：])|✉|📧|📩|📨|📬|📭|📮|📪|📫|💌|メール|めーる|이메일|메일|邮箱|郵箱|邮件|電郵|电邮|信箱|อีเมล์?|ईमेल'
const workWords = word(String.raw`contact|contacts?|kontakt|contacto|contato|contatti|contatto|inquir(?:y|ies)|enquir(?:y|ies)|business|biz|booking|bookings|promo|promos|collabs?|commissions?|press|pr|mgmt|management|manager|agent|tips?|сотрудничество|реклама|связь|iletişim|anfragen|presse|prensa|stampa|write to|write me`)
const workSigns = '連絡|連絡先|お仕事|ご依頼|お問い合わせ|문의|섭외|商务|商務|合作|ติดต่อ(?:งาน)?|संपर्क'
const chatWords = word(String.raw`xmpp|jabber|jid|matrix|element|nostr|nip-?05|lightning|ln|lnurl|zaps?|alby|skype|msn|icq|aim|teams|sip|tox|briar|delta ?chat|paypal|pix|zelle|upi|gpay|paytm|venmo|cash ?app|icloud|facetime|imessage|hangouts|gchat|wechat|adn|apple id`)
const chatSigns = '⚡|\\[m\\]|💳|💸|₿'
const link = String.raw`[\s:：=~\/|(\[{"'“”.*_–—→>👉&+,@-]{0,5}(?:${word('me|at|is|to|und|and|or|via|for|address|adresse|id|an|à|us|only')}\s?){0,2}[\s:：=]{0,2}`
export const saysMail = new RegExp(`(?:${mailWords}|${mailSigns})${link}$`, 'iu')
/** Directly after. */
export const mailFollows = new RegExp(`^[\\s)\\]>(–—-]{0,4}(?:${mailWords}|${mailSigns})`, 'iu')
export const saysContact = new RegExp(`(?:${workWords}|${workSigns})${link}$`, 'iu')
export const saysChat = new RegExp(`(?:${chatWords}|${chatSigns})${link}$`, 'iu')

/** Mailboxes that belong to a role. */
export const role = /^(?:info|infos|contact|contacto|contato|contatti|kontakt|press|presse|prensa|stampa|media|support|help|mail|email|e-?mail|hello|hallo|hi|hey|hola|ola|ciao|bonjour|business|biz|booking|bookings|inquiries|enquiries|inquiry|office|buero|team|admin|webmaster|postmaster|sales|jobs|careers|hr|pr|marketing|promo|agent|agency|mgmt|management|manager|service|newsletter|news|redaktion|redazione|editor|editorial|tips|feedback|abuse|security|legal|privacy|noreply|no-reply|shop|store|orders|order|ventas|vendas|work|collab|commission|commissions)$/
