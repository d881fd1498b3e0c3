/** Pictures as the browser can draw them. */

/** Longest side, in pixels, of what is drawn again: more fails in some browsers. */
const MOST = 16_384

/** Whether any pixel lets something shine through; looked at in a smaller copy. */
const isClear = (bitmap: ImageBitmap): boolean => {
  const side = 64
  const context = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true })
  if (!context) return false
  context.drawImage(bitmap, 0, 0, side, side)
  const { data } = context.getImageData(0, 0, side, side)
  for (let place = 3; place < data.length; place += 4) if (data[place]! < 255) return true
  return false
}

/**
 * The same picture as JPEG, or as PNG where it is transparent in places: kinds that every importer shows.
 * @returns undefined where this browser can't read it
 */
export const asShown = async (picture: Blob): Promise<{ blob: Blob; width: number; height: number } | undefined> => {
  try {
    const bitmap = await createImageBitmap(picture)
    const { width, height } = bitmap
    if (Math.max(width, height) > MOST) return undefined
    const canvas = new OffscreenCanvas(width, height)
    const type = isClear(bitmap) ? 'image/png' : 'image/jpeg'
    canvas.getContext('2d')!.drawImage(bitmap, 0, 0)
    bitmap.close()
    const blob = await canvas.convertToBlob({ type, quality: 0.92 })
    return blob.type === type ? { blob, width, height } : undefined
  } catch {
    return undefined
  }
}
