"use strict";
// Lets the browser make and show passkeys (WebAuthn): fills the answer of the device into the form and sends it.
// A browser without passkeys, or without scripts, never shows these forms.
(() => {
  const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
  const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const plain = string => new TextEncoder().encode(string);

  const make = form => navigator.credentials.create({publicKey: {
    rp: {id: form.dataset.site, name: form.dataset.provider},
    user: {id: plain(form.dataset.user), name: form.dataset.username, displayName: form.dataset.username},
    challenge: plain(form.elements.challenge.value),
    pubKeyCredParams: [-7, -8, -257].map(alg => ({type: "public-key", alg})),
    excludeCredentials: form.dataset.known.split(" ").filter(id => id).map(id => ({type: "public-key", id: bytes(id)})),
    authenticatorSelection: {residentKey: "required", requireResidentKey: true, userVerification: "required"},
    attestation: "none"
  }}).then(key => ({
    clientDataJSON: text(key.response.clientDataJSON),
    attestationObject: text(key.response.attestationObject),
    key
  }));

  const use = form => navigator.credentials.get({publicKey: {
    rpId: form.dataset.site,
    challenge: plain(form.elements.challenge.value),
    userVerification: "required"
  }}).then(key => ({
    clientDataJSON: text(key.response.clientDataJSON),
    authenticatorData: text(key.response.authenticatorData),
    signature: text(key.response.signature),
    userHandle: key.response.userHandle ? text(key.response.userHandle) : null,
    key
  }));

  // The person changed its mind, or the device has no key, or this one already: the page says so and stays.
  const tell = (form, what) => {
    const status = form.querySelector("[role=status]");
    status.textContent = status.dataset[what] || "";
    status.className = what ? "problem" : "";
  };

  if (!window.PublicKeyCredential) {
    return;
  }
  document.querySelectorAll("form[data-passkey]").forEach(form => {
    form.hidden = false;
    form.addEventListener("submit", event => {
      event.preventDefault();
      tell(form, "");
      (form.dataset.passkey === "make" ? make(form) : use(form)).then(({key, ...response}) => {
        form.elements.response.value = JSON.stringify({
          id: key.id, rawId: text(key.rawId), type: key.type, response, clientExtensionResults: {}
        });
        form.submit();
      }).catch(error => tell(form, error.name === "InvalidStateError" ? "there" : "said"));
    });
  });
})();
