import { describe, expect, test } from 'vitest'
import { isPublic, PRIVATE_LITERALS, PRIVATE_NAMES } from '../../../lib/browser/private.ts'

/** As the browser writes an address before it asks. */
const written = (address: string): string => new URL(address).href
const blocked = (address: string): boolean => {
  const { hostname } = new URL(address)
  return PRIVATE_LITERALS.some(pattern => new RegExp(pattern).test(written(address))) || PRIVATE_NAMES.some(name => hostname === name || hostname.endsWith(`.${name}`))
}

describe('addresses of the own network are blocked, however they are written', () => {
  test.each([
    '0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.9.9.9', '169.254.1.1', '172.16.0.1', '172.31.255.1', '192.168.0.1', '192.168.178.1',
    '127.1', '0x7f000001', '2130706433', '0177.0.0.1', '127.0.0.1.', '①②⑦.0.0.1',
    '[::1]', '[::]', '[fc00::1]', '[fd12:3456::1]', '[fe80::1]', '[febf::1]', '[::ffff:127.0.0.1]', '[::ffff:a00:1]', '[0:0:0:0:0:0:0:1]',
    'localhost', 'x.localhost', 'printer.local', 'db.internal', 'nas.home.arpa',
  ])('%s', host => {
    for (const address of [`https://${host}/x`, `https://${host}:8443/x?y`, `http://${host}`]) {
      expect(blocked(address), address).toBe(true)
      expect(isPublic(address), address).toBe(false)
    }
  })
})

describe('everybody else’s are not', () => {
  test.each(['example.com', '10.example.com', '127.0.0.1.example.com', '1password.example', 'local.example', 'localhost.example', 'internal.example.org', 'a.b.c.example', 'xn--bcher-kva.example'])('%s', host => {
    expect(blocked(`https://${host}/`)).toBe(false)
    expect(isPublic(`https://${host}/`)).toBe(true)
  })
  // A literal public address is not blocked by the rule, and never asked by us.
  test.each(['8.8.8.8', '172.15.0.1', '172.32.0.1', '100.63.0.1', '100.128.0.1', '169.253.0.1', '192.167.1.1', '11.0.0.1', '[2001:db8::1]', '[fe00::1]'])('%s', host => {
    expect(blocked(`https://${host}/`)).toBe(false)
    expect(isPublic(`https://${host}/`)).toBe(false)
  })
  test.each(['http://example.com/', 'https://user@example.com/', 'https://example/', 'https://localhost./', 'ftp://example.com/', 'not an address'])('%s is not asked', address => expect(isPublic(address)).toBe(false))
})
