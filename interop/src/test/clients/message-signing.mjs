// A client of FAPI 2.0 Message Signing by openid-client: requests and answers are signed, tokens are bound.
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { browse, finish, known, rejects, signingKey, told } from './talk.mjs'

const key = await signingKey()
const config = await client.discovery(
  new URL(known.issuer),
  known.signer.id,
  { id_token_signed_response_alg: 'ES256', authorization_signed_response_alg: 'ES256' },
  // The assertion is for the issuer alone.
  client.PrivateKeyJwt(key, { [client.modifyAssertion]: (_, payload) => { payload.aud = known.issuer } }),
  { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks, client.useJwtResponseMode] },
)
const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair())
const verifier = client.randomPKCECodeVerifier()
const state = client.randomState()
const nonce = client.randomNonce()
const parameters = {
  redirect_uri: known.redirect,
  scope: 'openid things:read',
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  state,
  nonce,
}
await rejects(client.buildAuthorizationUrlWithPAR(config, parameters, { DPoP }), 'invalid_request')
told('unsigned is refused')

const signed = await client.buildAuthorizationUrlWithJAR(config, parameters, key, {
  [client.modifyAssertion]: (header, payload) => {
    header.typ = 'oauth-authz-req+jwt'
    payload.nbf = payload.iat
    payload.exp = payload.iat + 60
  },
})
const pushed = await client.buildAuthorizationUrlWithPAR(config, { request: signed.searchParams.get('request') }, { DPoP })
const tokens = await client.authorizationCodeGrant(
  config,
  await browse(pushed),
  { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true },
  undefined,
  { DPoP },
)
assert.equal(tokens.token_type, 'dpop')
told('signed both ways')

const called = await client.fetchProtectedResource(
  config, tokens.access_token, new URL(known.api), 'GET', undefined, undefined, { DPoP })
assert.equal(called.status, 200)
told('call')
finish()
