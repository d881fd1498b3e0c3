/** The files that a person leaves with. */
export interface OutFile {
  name: string
  /** MIME type. */
  type: string
  /** People in the file, or posts. */
  rows: number
  /** Bytes, where known before writing. */
  size?: number
  /** Written anew at each call, so that a file can be saved twice; memory stays flat. */
  stream(): ReadableStream<Uint8Array>
}
