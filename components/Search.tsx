import { useEffect, useState } from 'preact/hooks'

/** Milliseconds after the last letter until the search begins. */
const pause = 150

/** @param found is told what is looked for, once nothing more is typed */
export const Search = ({ label, found }: { label: string; found: (text: string) => void }) => {
  const [text, setText] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => found(text.trim()), pause)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <label class="search">
      {label}
      <input type="search" value={text} autocomplete="off" spellcheck={false} onInput={event => setText(event.currentTarget.value)} />
    </label>
  )
}
