// Exchanges a domain key for a token and calls the Api with it, as pages of Inbenta's customers do. The browser says by
// itself which page asks; no script can say another one.
const {chat} = await (await fetch("/settings.json")).json();
const element = id => document.getElementById(id);
const say = text => { element("state").textContent = text; };

try {
  const reply = await fetch(chat.auth, {method: "POST", body: JSON.stringify({domain_key: chat.domain_key}),
    headers: {"x-inbenta-key": chat.key, "Content-Type": "application/json"}});
  const token = await reply.json();
  if (!reply.ok) {
    throw new Error(JSON.stringify(token));
  }
  const answer = await fetch(chat.call,
    {headers: {"x-inbenta-key": chat.key, Authorization: "Bearer " + token.accessToken}});
  element("answer").textContent = answer.status + "\n" + await answer.text();
  element("answer").hidden = false;
  say("The token is good for " + token.expires_in + " seconds; the Api answered " + answer.status + ".");
} catch (failed) {
  say("This did not work: " + failed.message);
}
