// A client that knows nothing but the address of an Api, as agents do with the tools that they are shown: it asks, is told
// who issues tokens, registers itself, and has a person sign in.
import assert from 'node:assert/strict'
import * as oauth from 'oauth4webapi'
import { browse, finish, known, told } from './talk.mjs'

const plain = { [oauth.allowInsecureRequests]: true }
const refused = await fetch(known.api)
assert.equal(refused.status, 401)
const [, address] = /resource_metadata="([^"]+)"/.exec(refused.headers.get('www-authenticate'))
const resource = new URL(known.issuer)
const api = await oauth.processResourceDiscoveryResponse(resource, await fetch(address))
told('resource')

const issuer = new URL(api.authorization_servers[0])
const as = await oauth.processDiscoveryResponse(
  issuer,
  await oauth.discoveryRequest(issuer, { ...plain, algorithm: 'oauth2' }),
)
told('metadata')

const client = await oauth.processDynamicClientRegistrationResponse(
  await oauth.dynamicClientRegistrationRequest(
    as,
    {
      client_name: 'Agent',
      redirect_uris: [known.redirect],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
    },
    plain,
  ),
)
told('registration')

const verifier = oauth.generateRandomCodeVerifier()
const state = oauth.generateRandomState()
const ask = new URL(as.authorization_endpoint)
for (const [name, value] of Object.entries({
  client_id: client.client_id,
  response_type: 'code',
  redirect_uri: known.redirect,
  scope: 'things:read',
  state,
  resource: api.resource,
  code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
})) {
  ask.searchParams.set(name, value)
}
const answer = oauth.validateAuthResponse(as, client, await browse(ask), state)
const tokens = await oauth.processAuthorizationCodeResponse(
  as,
  client,
  await oauth.authorizationCodeGrantRequest(
    as, client, oauth.None(), answer, known.redirect, verifier,
    { ...plain, additionalParameters: { resource: api.resource } }),
)
const called = await oauth.protectedResourceRequest(
  tokens.access_token, 'GET', new URL(known.api), undefined, undefined, plain)
assert.equal(called.status, 200)
told('call')

const managed = (method, body) => fetch(client.registration_client_uri, {
  method,
  headers: { authorization: `Bearer ${client.registration_access_token}`, 'content-type': 'application/json' },
  body,
})
assert.equal((await (await managed('GET')).json()).client_name, 'Agent')
assert.equal((await managed('DELETE')).status, 204)
assert.equal((await fetch(known.api, { headers: { authorization: `Bearer ${tokens.access_token}` } })).status, 401)
told('deregistration')
finish()
