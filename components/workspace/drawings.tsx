/** Drawings for the first page and the help: what a browser and Holdall look like, without a word in them, so that they are the same in every language. */
import type { ComponentChild } from 'preact'
import { t, type Key } from '../../lib/browser/texts.ts'

const Drawing = ({ named, height, children }: { named: Key; height: number; children: ComponentChild }) => (
  <svg class="drawing" viewBox={`0 0 320 ${height}`} width="320" height={height} role="img" aria-label={t(named)}>{children}</svg>
)

/** Text that is only hinted at. */
const Line = ({ x, y, width, strong }: { x: number; y: number; width: number; strong?: boolean }) => <rect class={strong ? 'd-words strong' : 'd-words'} x={x} y={y} width={width} height="6" rx="3" />

const BagAt = ({ x, y, size }: { x: number; y: number; size: number }) => (
  <g transform={`translate(${x} ${y}) scale(${size / 48})`}>
    <path class="bag-handle" d="M15.5 21v-5.5a8.5 8.5 0 0 1 17 0V21" fill="none" stroke-width="3.6" stroke-linecap="round" />
    <rect class="bag-body" x="4" y="18" width="40" height="24" rx="8" />
    <path class="bag-strap" d="M15.5 18v24M32.5 18v24" fill="none" stroke-width="3.6" />
  </g>
)

const Number = ({ x, y, of }: { x: number; y: number; of: number }) => (
  <>
    <circle class="d-number" cx={x} cy={y} r="9" />
    <text class="d-digit" x={x} y={y + 4} text-anchor="middle">{of}</text>
  </>
)

const Window = ({ height }: { height: number }) => (
  <>
    <rect class="d-card" x="1" y="1" width="318" height={height - 2} rx="10" />
    <rect class="d-tab" x="12" y="8" width="92" height="16" rx="6" />
    <path class="d-line" d="M1 28h318" />
    <rect class="d-field" x="42" y="35" width="178" height="16" rx="8" />
    <path class="d-stroke" d="m20 38-5 5 5 5M30 38l5 5-5 5" />
  </>
)

const Puzzle = ({ x, y }: { x: number; y: number }) => <path class="d-stroke" transform={`translate(${x} ${y})`} d="M1 5h4.2a2.4 2.4 0 1 1 4.6 0H14v4.2a2.4 2.4 0 1 1 0 4.6V18H1v-4.2a2.4 2.4 0 1 0 0-4.6z" />

/** The browser's list of extensions, where Holdall stands with a pin beside it. */
export const PinDrawing = () => (
  <Drawing named="draw_pin" height={148}>
    <Window height={148} />
    <rect class="d-mark" x="262" y="30" width="28" height="26" rx="6" />
    <Puzzle x={268} y={33} />
    <Number x={252} y={43} of={1} />
    <rect class="d-card" x="126" y="64" width="172" height="72" rx="8" />
    <Line x={138} y={74} width={54} />
    <rect class="d-mark" x="134" y="88" width="156" height="38" rx="8" />
    <BagAt x={142} y={94} size={26} />
    <Line x={176} y={104} width={56} strong />
    <path class="d-stroke" d="M266 98h12m-9.5 0v7l-4 4h15l-4-4v-7m-3.5 11v8" />
    <Number x={250} y={107} of={2} />
    <Line x={14} y={72} width={84} />
    <Line x={14} y={86} width={66} />
    <Line x={14} y={100} width={76} />
  </Drawing>
)

/** A network's page with Holdall's little window over it. */
export const PopupDrawing = () => (
  <Drawing named="draw_popup" height={180}>
    <Window height={180} />
    <rect class="d-mark" x="236" y="30" width="28" height="26" rx="6" />
    <BagAt x={239} y={32} size={22} />
    <Puzzle x={276} y={33} />
    <Number x={226} y={43} of={1} />
    <circle class="d-field" cx="34" cy="82" r="16" />
    <Line x={58} y={72} width={56} strong />
    <Line x={58} y={86} width={40} />
    <Line x={16} y={112} width={96} />
    <Line x={16} y={126} width={82} />
    <Line x={16} y={148} width={90} />
    <Line x={16} y={162} width={70} />
    <rect class="d-card" x="142" y="62" width="160" height="108" rx="8" />
    <BagAt x={150} y={66} size={20} />
    <Line x={176} y={76} width={50} strong />
    <Line x={154} y={98} width={124} />
    <Line x={154} y={112} width={104} />
    <rect class="d-button" x="154" y="132" width="136" height="26" rx="7" />
    <rect class="d-on-button" x="186" y="142" width="72" height="6" rx="3" />
    <Number x={138} y={145} of={2} />
  </Drawing>
)

/** The form of an import: which type, which file, merge or overwrite. */
export const ImportDrawing = () => (
  <Drawing named="draw_import" height={170}>
    <rect class="d-card" x="1" y="1" width="318" height="168" rx="10" />
    <Line x={34} y={16} width={50} />
    <rect class="d-field" x="34" y="28" width="200" height="24" rx="6" />
    <Line x={46} y={37} width={92} strong />
    <path class="d-stroke" d="m214 37 5 5 5-5" />
    <Number x={18} y={40} of={1} />
    <Line x={34} y={64} width={38} />
    <rect class="d-field" x="34" y="76" width="200" height="24" rx="6" />
    <Line x={46} y={85} width={128} strong />
    <Number x={18} y={88} of={2} />
    <circle class="d-stroke" cx="42" cy="120" r="7" />
    <circle class="d-full" cx="42" cy="120" r="3.5" />
    <Line x={56} y={117} width={56} strong />
    <circle class="d-stroke" cx="152" cy="120" r="7" />
    <Line x={166} y={117} width={70} />
    <Number x={18} y={120} of={3} />
    <rect class="d-button" x="34" y="138" width="96" height="24" rx="7" />
    <rect class="d-on-button" x="56" y="147" width="52" height="6" rx="3" />
    <Number x={18} y={150} of={4} />
  </Drawing>
)
