// A client that proves itself by its key, step by step by oauth4webapi, and an Api that checks the tokens it is shown.
import assert from 'node:assert/strict'
import * as oauth from 'oauth4webapi'
import { browse, device, finish, known, rejects, signingKey, told } from './talk.mjs'

const plain = { [oauth.allowInsecureRequests]: true }
const issuer = new URL(known.issuer)
const { redirect } = known
const as = await oauth.processDiscoveryResponse(
  issuer,
  await oauth.discoveryRequest(issuer, { ...plain, algorithm: 'oauth2' }),
)
told('metadata')

const client = { client_id: known.signer.id }
const authentication = oauth.PrivateKeyJwt(await signingKey())
const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('ES256'))
const verifier = oauth.generateRandomCodeVerifier()
const nonce = oauth.generateRandomNonce()
const state = oauth.generateRandomState()

const pushed = await oauth.processPushedAuthorizationResponse(
  as,
  client,
  await oauth.pushedAuthorizationRequest(
    as,
    client,
    authentication,
    {
      response_type: 'code',
      redirect_uri: redirect,
      scope: 'openid things:read offline_access',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    },
    { ...plain, DPoP },
  ),
)
told('par')

const address = new URL(as.authorization_endpoint)
address.searchParams.set('client_id', client.client_id)
address.searchParams.set('request_uri', pushed.request_uri)
const answer = oauth.validateAuthResponse(as, client, await browse(address), state)
const response = await oauth.authorizationCodeGrantRequest(
  as, client, authentication, answer, redirect, verifier, { ...plain, DPoP })
const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, {
  expectedNonce: nonce,
  requireIdToken: true,
})
await oauth.validateApplicationLevelSignature(as, response, plain)
const { sub } = oauth.getValidatedIdTokenClaims(tokens)
told('code')

const call = () => oauth.protectedResourceRequest(
  tokens.access_token, 'GET', new URL(known.api), undefined, undefined, { ...plain, DPoP })
assert.equal((await call()).status, 200)
told('call')

const made = new Request(known.api)
made.headers.set('authorization', `DPoP ${tokens.access_token}`)
await assert.rejects(oauth.validateJwtAccessToken(as, made, known.issuer, plain))
const service = await oauth.processClientCredentialsResponse(
  as,
  client,
  await oauth.clientCredentialsGrantRequest(as, client, authentication, { scope: 'things:read' }, plain),
)
const shown = new Request(known.api, { headers: { authorization: `Bearer ${service.access_token}` } })
const claims = await oauth.validateJwtAccessToken(as, shown, known.issuer, plain)
assert.equal(claims.client_id, client.client_id)
told('rfc 9068')

const person = await oauth.processUserInfoResponse(
  as, client, sub, await oauth.userInfoRequest(as, client, tokens.access_token, { ...plain, DPoP }))
assert.equal(person.sub, sub)
told('userinfo')

const asked = await oauth.introspectionRequest(
  as, client, authentication, tokens.access_token, { ...plain, requestJwtResponse: true })
assert.equal((await oauth.processIntrospectionResponse(as, client, asked)).active, true)
await oauth.validateApplicationLevelSignature(as, asked, plain)
told('signed introspection')

const refreshed = await oauth.processRefreshTokenResponse(
  as,
  client,
  await oauth.refreshTokenGrantRequest(as, client, authentication, tokens.refresh_token, { ...plain, DPoP }),
)
told('refresh')

await oauth.processRevocationResponse(
  await oauth.revocationRequest(as, client, authentication, refreshed.refresh_token, plain))
await rejects(
  oauth
    .refreshTokenGrantRequest(as, client, authentication, refreshed.refresh_token, { ...plain, DPoP })
    .then((it) => oauth.processRefreshTokenResponse(as, client, it)),
  'invalid_grant',
)
told('revocation')

const began = await oauth.processDeviceAuthorizationResponse(
  as,
  client,
  await oauth.deviceAuthorizationRequest(as, client, authentication, { scope: 'things:read' }, plain),
)
const poll = async () =>
  oauth.processDeviceCodeResponse(
    as,
    client,
    await oauth.deviceCodeGrantRequest(as, client, authentication, began.device_code, plain),
  )
await device(began.user_code)
assert.ok((await poll()).access_token)
told('device')
finish()
