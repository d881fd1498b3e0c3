/** The first page, which opens once after the install: what Holdall promises, what comes along and what can't, and how to begin. */
import { list, t } from '../../lib/browser/texts.ts'
import { rooms } from '../../lib/networks/rooms.ts'
import { Card, Clock, Cross, Eye, Hand, Lock, Page, Person, Screen, Tick } from '../icons.tsx'
import { PinDrawing } from './drawings.tsx'

const Promises = () => (
  <section class="file" aria-labelledby="promises">
    <h2 id="promises">{t('first_promises')}</h2>
    <ul class="moves">
      <li><Person /><span><strong>{t('promise_yours')}</strong> {t('promise_yours_text')}</span></li>
      <li><Lock /><span><strong>{t('promise_here')}</strong> {t('promise_here_text')}</span></li>
      <li><Hand /><span><strong>{t('promise_careful')}</strong> {t('promise_careful_text')}</span></li>
      <li><Eye /><span><strong>{t('promise_honest')}</strong> {t('promise_honest_text')}</span></li>
      <li><Tick /><span><strong>{t('promise_safe')}</strong> {t('promise_safe_text')}</span></li>
    </ul>
    <p><a href="#help-privacy">{t('help_privacy')}</a></p>
  </section>
)

export const Welcome = () => (
  <div class="guide">
    <div class="opening">
      <div>
        <h1>{t('first_title')}</h1>
        <p class="lead">{t('first_intro', { networks: list(Object.values(rooms).map(({ name }) => name)) })}</p>
        <p><a class="primary" href="#help-begin">{t('first_begin')}</a></p>
      </div>
      <figure>
        <PinDrawing />
        <figcaption class="small">{t('first_where')}</figcaption>
      </figure>
    </div>
    <Promises />
    <section class="file" aria-labelledby="comes">
      <h2 id="comes">{t('ready_moves')}</h2>
      <ul class="moves">
        <li><Person /><span>{t('ready_moves_follows')}</span></li>
        <li><Page /><span>{t('ready_moves_posts')}</span></li>
        <li><Card /><span>{t('ready_moves_profile')}</span></li>
      </ul>
      <h3>{t('transfer_lost')}</h3>
      <ul class="moves quiet"><li><Cross /><span>{t('ready_stays_text')}</span></li></ul>
    </section>
    <section class="file" aria-labelledby="know">
      <h2 id="know">{t('first_know')}</h2>
      <ul class="moves">
        <li><Screen /><span>{t('first_computer')}</span></li>
        <li><Clock /><span>{t('ready_time')}</span></li>
        <li><Lock /><span>{t('keep_here')}<br />{t('first_save')}</span></li>
      </ul>
    </section>
  </div>
)
