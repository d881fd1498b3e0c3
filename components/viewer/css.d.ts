/** A style sheet as text, as Vite gives it. */
declare module '*.css?raw' {
  const text: string
  export default text
}
