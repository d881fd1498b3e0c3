/** Draws the icon's PNG sizes from `public/icon/icon.svg`: `node tests/harness/icons.ts`. */
import { readFile, writeFile } from 'node:fs/promises'
import { chromium } from 'playwright-core'
import { needBrowser } from './browsers.ts'

const folder = new URL('../../public/icon/', import.meta.url)
const sizes = [16, 32, 48, 96, 128]

const browser = await chromium.launch({ executablePath: await needBrowser('chromium'), args: ['--no-sandbox'] })
const svg = (await readFile(new URL('icon.svg', folder), 'utf8')).trim()
for (const size of sizes) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`)
  await writeFile(new URL(`${size}.png`, folder), await page.screenshot({ omitBackground: true }))
  await page.close()
}
await browser.close()
