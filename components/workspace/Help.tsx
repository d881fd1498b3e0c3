/** The help: the whole way from the install to the new server, what is particular to each network, questions, and what is kept. */
import type { ComponentChild, ComponentChildren } from 'preact'
import { t, word, type Key } from '../../lib/browser/texts.ts'
import { rooms, type Room } from '../../lib/networks/rooms.ts'
import { Cross } from '../icons.tsx'
import { Out, Say } from '../Say.tsx'
import { Disasters } from './Disasters.tsx'
import { ImportDrawing, PinDrawing, PopupDrawing } from './drawings.tsx'
import { Steps } from './Steps.tsx'

const parts: [string, Key][] = [['help-begin', 'help_way'], ['help-networks', 'help_networks'], ['help-questions', 'help_questions'], ['help-privacy', 'help_privacy']]

const Part = ({ id, named, children }: { id: string; named: Key; children: ComponentChildren }) => (
  <section aria-labelledby={id}>
    <h2 id={id}>{t(named)}</h2>
    {children}
  </section>
)

/** A button or a heading of Holdall's, by its own name. */
const Named = ({ k }: { k: Key }) => <strong class="named">{t(k)}</strong>

const Step = ({ title, text, drawing, children }: { title: ComponentChild; text: ComponentChild; drawing?: ComponentChild; children?: ComponentChildren }) => (
  <li class="stage">
    <div>
      <h3>{title}</h3>
      <p class="prose">{text}</p>
      {children}
    </div>
    {drawing}
  </li>
)

const Way = () => (
  <ol class="way">
    <Step title={t('help_pin')} text={t('help_pin_text')} drawing={<PinDrawing />} />
    <Step title={t('help_open')} text={t('help_open_text')}>
      <ul class="pills">{Object.values(rooms).filter(({ api }) => !api).map(({ id, name, home }) => <li key={id}><Out href={home}>{name}</Out></li>)}</ul>
    </Step>
    <Step title={<Say k="help_capture" capture={<Named k="capture" />} />} text={<Say k="help_capture_text" scroll={<Named k="scroll" />} self={<Named k="self" />} />} drawing={<PopupDrawing />} />
    <Step title={t('help_wait')} text={<Say k="help_wait_text" resume={<Named k="resume" />} />} />
    <Step title={t('help_look')} text={<Say k="help_look_text" review={<Named k="review" />} follows={<Named k="tab_follows" />} lookup={<Named k="lookup_open" />} />} />
    <Step title={t('help_server')} text={<Say k="help_server_text" moves={<Named k="tab_moves" />} />}>
      <p><Out href="https://joinmastodon.org/servers">{t('server_join')}</Out></p>
    </Step>
    <Step title={t('help_files')} text={<Say k="help_files_text" media={<Named k="media_keep" />} files={<Named k="tab_files" />} lists={<Named k="files_follow_title" />} bundle={<Named k="file_bundle_title" />} copy={<Named k="copy_title" />} />} />
    <Step title={t('help_import')} text={t('help_import_text')} drawing={<ImportDrawing />}>
      <Steps file="following_accounts.csv" />
      <Disasters />
    </Step>
    <Step title={t('help_check')} text={<Say k="help_check_text" files={<Named k="tab_files" />} after={<Named k="arrive_title" />} rest={<Named k="download_rest" />} />} />
    <Step title={t('help_tell')} text={<Say k="help_tell_text" next={<Named k="last_next" />} />} />
  </ol>
)

const OfNetwork = ({ room }: { room: Room }) => {
  const { id, name: network } = room
  const steps = [1, 2, 3, 4, 5].map(n => word(`download_step_${n}`, id)).filter(Boolean)
  return (
    <details class="file">
      <summary>{network}</summary>
      {room.missing && <ul class="fits against">{room.missing.map(({ why }) => <li key={why}><Cross /><span>{word('missing', why)}</span></li>)}</ul>}
      <h3>{t('self_title')}</h3>
      <p>{word('self_steps', id)}</p>
      <h3>{t('download_title', { network })}</h3>
      <ol class="steps">{steps.map(step => <li key={step}>{step}</li>)}</ol>
    </details>
  )
}

const Question = ({ k, children }: { k: Key; children: ComponentChildren }) => (
  <details class="file">
    <summary>{t(k)}</summary>
    <p>{children}</p>
  </details>
)

const Questions = () => (
  <div class="folds">
    <Question k="help_q_risk"><Say k="help_a_risk" self={<Named k="self" />} /></Question>
    <Question k="help_q_still"><Say k="help_a_still" resume={<Named k="resume" />} /></Question>
    <Question k="help_q_less">{t('help_a_less')}</Question>
    <Question k="help_q_few"><Say k="help_a_few" lookup={<Named k="lookup_open" />} /></Question>
    <Question k="help_q_half"><Say k="help_a_half" files={<Named k="tab_files" />} rest={<Named k="download_rest" />} /></Question>
    <Question k="help_q_posts">{t('help_a_posts')}</Question>
    <Question k="help_q_phone">{t('help_a_phone')}</Question>
    <Question k="help_q_delete"><Say k="help_a_delete" button={<Named k="delete_button" />} /></Question>
  </div>
)

const Privacy = () => (
  <div class="file">
    <p>{t('privacy_kept')}</p>
    <p>{t('privacy_never')}</p>
    <p><Say k="privacy_asks" lookup={<Named k="lookup_open" />} media={<Named k="media_keep" />} capture={<Named k="capture" />} /></p>
    <p>{t('privacy_nobody')}</p>
    <p class="small">{t('privacy_whole', { file: 'PRIVACY.md' })}</p>
  </div>
)

export const Help = () => (
  <div class="guide">
    <h1>{t('help_title')}</h1>
    <p class="lead">{t('help_intro')}</p>
    <nav aria-label={t('help_contents')}><ul class="pills">{parts.map(([id, title]) => <li key={id}><a href={`#${id}`}>{t(title)}</a></li>)}</ul></nav>
    <Part id="help-begin" named="help_way"><Way /></Part>
    <Part id="help-networks" named="help_networks"><div class="folds">{Object.values(rooms).map(room => <OfNetwork key={room.id} room={room} />)}</div></Part>
    <Part id="help-questions" named="help_questions"><Questions /></Part>
    <Part id="help-privacy" named="help_privacy"><Privacy /></Part>
    <p><a href="#follows">{t('help_back')}</a></p>
  </div>
)
