// How a story talks to the test that runs it: a line each way. The first line that it reads is what there is to know,
// `BROWSE <address>` asks for a browser whose person signs in and says yes, and is answered with where it ended;
// `DEVICE <code>` asks for a person who types the code; `TOLD <step>` says what has been done.
import { createInterface } from 'node:readline'

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()

async function line() {
  const { value, done } = await lines.next()
  if (done) throw new Error('nobody answers')
  return value
}

export const known = JSON.parse(await line())

export async function browse(address) {
  console.log(`BROWSE ${address}`)
  return new URL(await line())
}

export async function device(code) {
  console.log(`DEVICE ${code}`)
  await line()
}

export function told(step) {
  console.log(`TOLD ${step}`)
}

/** The key of a client that signs. */
export async function signingKey() {
  const bytes = Buffer.from(known.signer.key, 'base64')
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  return { key: await crypto.subtle.importKey('pkcs8', bytes, algorithm, false, ['sign']), kid: known.signer.kid }
}

export async function rejects(promise, code) {
  const error = await promise.then(() => undefined, (e) => e)
  if (error?.error !== code && error?.cause?.[0]?.parameters?.error !== code) {
    throw new Error(`expected ${code}`, { cause: error })
  }
}

export function finish() {
  console.log('DONE')
  process.exit(0)
}
