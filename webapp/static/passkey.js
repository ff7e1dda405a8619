// Passkeys: the browser's own API between the options in the page and the hidden field of the form.
const encode = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const decode = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

const withBytes = (options) => {
  options.challenge = decode(options.challenge);
  if (options.user) options.user.id = decode(options.user.id);
  for (const list of [options.excludeCredentials, options.allowCredentials])
    for (const one of list || []) one.id = decode(one.id);
  return options;
};

const toJson = (credential) => {
  const parts = { clientDataJSON: encode(credential.response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[name]) parts[name] = encode(credential.response[name]);
  return JSON.stringify({ id: credential.id, rawId: encode(credential.rawId), type: credential.type, response: parts });
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (form.elements.passkey.value) return;
    event.preventDefault();
    const options = withBytes(JSON.parse(form.dataset.options));
    try {
      const credential = form.dataset.passkey === "make"
        ? await navigator.credentials.create({ publicKey: options })
        : await navigator.credentials.get({ publicKey: options });
      form.elements.passkey.value = toJson(credential);
      form.requestSubmit();
    } catch {
      form.querySelector("[role=status]").textContent = form.dataset.failed;
    }
  });
}
