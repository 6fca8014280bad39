// Signs a person in with the authorization code flow and PKCE (OAuth 2.1 section 4.1), without a library: the whole
// of what a page has to do. The tokens live in this page's memory and are gone with it.
const settings = await (await fetch("/settings.json")).json();
const redirect = location.origin + "/";
const element = id => document.getElementById(id);
const show = (id, visible) => { element(id).hidden = !visible; };
const say = text => { element("state").textContent = text; };

const base64url = bytes => btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
const challenge = async verifier =>
    base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));

async function begin() {
  const waiting = {state: random(), verifier: random()};
  sessionStorage.setItem("waiting", JSON.stringify(waiting));
  location.assign(settings.authorization_endpoint + "?" + new URLSearchParams({
    response_type: "code", client_id: settings.client_id, redirect_uri: redirect, scope: settings.scope,
    state: waiting.state, code_challenge: await challenge(waiting.verifier), code_challenge_method: "S256"}));
}

// The answer counts when it is to what this page asked, and from whom it asked (RFC 9700 section 2.1, RFC 9207).
async function finish(answer) {
  const waiting = JSON.parse(sessionStorage.getItem("waiting") ?? "{}");
  sessionStorage.removeItem("waiting");
  history.replaceState(null, "", redirect);
  if (answer.get("state") !== waiting.state || answer.get("iss") !== settings.issuer) {
    throw new Error("this is no answer to what was asked");
  }
  if (answer.has("error")) {
    throw new Error(answer.get("error_description") ?? answer.get("error"));
  }
  const reply = await fetch(settings.token_endpoint, {method: "POST", body: new URLSearchParams({
    grant_type: "authorization_code", client_id: settings.client_id, redirect_uri: redirect,
    code: answer.get("code"), code_verifier: waiting.verifier})});
  const tokens = await reply.json();
  if (!reply.ok) {
    throw new Error(tokens.error_description ?? tokens.error);
  }
  return tokens;
}

async function call(tokens) {
  const reply = await fetch(settings.api, {headers: {Authorization: "Bearer " + tokens.access_token}});
  element("answer").textContent = reply.status + "\n" + await reply.text();
  show("answer", true);
}

element("begin").onclick = begin;
try {
  const answer = new URLSearchParams(location.search);
  if (answer.has("state")) {
    const tokens = await finish(answer);
    say("Signed in. The token is good for " + tokens.expires_in + " seconds and for: " + tokens.scope);
    element("call").onclick = () => call(tokens);
    element("leave").onclick = () => location.assign(settings.end_session_endpoint + "?" + new URLSearchParams(
        {id_token_hint: tokens.id_token ?? "", client_id: settings.client_id, post_logout_redirect_uri: redirect}));
    show("call", true);
    show("leave", true);
  } else {
    say("You are not signed in here.");
    show("begin", true);
  }
} catch (failed) {
  say("This did not work: " + failed.message);
  show("begin", true);
}
