// A web application, a device and a service by openid-client.
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { browse, device, finish, known, rejects, told } from './talk.mjs'

const { issuer, redirect, api, web } = known
const config = await client.discovery(new URL(issuer), web.id, undefined, client.ClientSecretBasic(web.secret), {
  execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
})
told('discovery')

const verifier = client.randomPKCECodeVerifier()
const request = async (more = {}) => ({
  redirect_uri: redirect,
  scope: 'openid profile things:read offline_access',
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  ...more,
})

async function signIn(begin, DPoP) {
  const state = client.randomState()
  const nonce = client.randomNonce()
  const landed = await browse(await begin(await request({ state, nonce })))
  return client.authorizationCodeGrant(
    config,
    landed,
    { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true },
    undefined,
    { DPoP },
  )
}

const tokens = await signIn(async (parameters) => client.buildAuthorizationUrl(config, parameters))
assert.equal(tokens.token_type, 'bearer')
const { sub } = tokens.claims()
told('code')

assert.equal((await client.fetchUserInfo(config, tokens.access_token, sub)).sub, sub)
told('userinfo')

const call = (token, DPoP) =>
  client.fetchProtectedResource(config, token, new URL(api), 'GET', undefined, undefined, { DPoP })
assert.equal((await call(tokens.access_token)).status, 200)
told('call')

const about = await client.tokenIntrospection(config, tokens.access_token)
assert.equal(about.active, true)
assert.equal(about.sub, sub)
told('introspection')

const next = await client.refreshTokenGrant(config, tokens.refresh_token)
assert.notEqual(next.refresh_token, tokens.refresh_token)
assert.equal(next.claims().sub, sub)
told('refresh')

await client.tokenRevocation(config, next.refresh_token)
await rejects(client.refreshTokenGrant(config, next.refresh_token), 'invalid_grant')
assert.deepEqual(await client.tokenIntrospection(config, next.access_token), { active: false })
told('revocation')

const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair())
const bound = await signIn((parameters) => client.buildAuthorizationUrlWithPAR(config, parameters, { DPoP }), DPoP)
assert.equal(bound.token_type, 'dpop')
assert.equal((await call(bound.access_token, DPoP)).status, 200)
assert.equal((await client.fetchUserInfo(config, bound.access_token, sub, { DPoP })).sub, sub)
told('par')
await assert.rejects(call(bound.access_token), { code: 'OAUTH_WWW_AUTHENTICATE_CHALLENGE' })
const boundNext = await client.refreshTokenGrant(config, bound.refresh_token, undefined, { DPoP })
assert.equal(boundNext.token_type, 'dpop')
told('dpop')

const began = await client.initiateDeviceAuthorization(config, { scope: 'openid things:read' })
await device(began.user_code)
const onDevice = await client.pollDeviceAuthorizationGrant(config, { ...began, interval: 0 })
assert.equal((await call(onDevice.access_token)).status, 200)
told('device')

const service = await client.clientCredentialsGrant(config, { scope: 'things:read' })
assert.equal((await call(service.access_token)).status, 200)
told('client credentials')

const out = await browse(
  client.buildEndSessionUrl(config, {
    post_logout_redirect_uri: redirect,
    id_token_hint: boundNext.id_token,
    state: 'bye',
  }),
)
assert.equal(out.searchParams.get('state'), 'bye')
told('logout')
finish()
