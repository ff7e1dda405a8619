// A review without the mouse and without losing the place: single keys walk and decide, a decision swaps in the parts
// of the page that it changed. Keys typed into a field are left alone, and all keys can be switched off (key_switch.js).
"use strict";

const all = () => [...document.querySelectorAll("[data-finding]")];
const current = () => document.activeElement.closest?.("[data-finding]");

const goTo = (finding) => {
  finding?.closest("details")?.setAttribute("open", "");
  finding?.focus({ preventScroll: true });
  finding?.scrollIntoView({ block: "center" });
};

const step = (by) => {
  const list = all();
  const here = list.indexOf(current());
  goTo(list[Math.max(0, Math.min(list.length - 1, here + by))]);
};

const nextUndecided = (after) => {
  const list = all();
  const open = list.filter((one) => one.hasAttribute("data-undecided"));
  const place = list.indexOf(after);
  const next = open.find((one) => list.indexOf(one) > place) ?? open[0];
  if (next) goTo(next);
  else document.querySelector("#signing")?.focus();
};

const field = (name) => current()?.querySelector(`[name=${name}]`);
const press = (value) => current()?.querySelector(`button[name=action][value=${value}]`)?.click();

const begin = (intent, name) => {
  const input = field(name);
  if (!input) return;
  input.form.dataset.intent = intent;
  input.focus();
  input.select();
};

const openWords = () => {
  const words = current()?.querySelector(".words");
  if (!words) return;
  words.open = true;
  words.querySelector("textarea").focus();
};

const insert = (button) => {
  const block = document.querySelector(`[data-block="${button.value}"]`);
  if (!block) return;
  for (const name of ["plain", "text"]) {
    const area = button.form.elements[name];
    area.value = [area.value, block.dataset[name]].filter(Boolean).join("\n");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  button.closest("details").open = true;
};

const keys = {
  j: () => step(1),
  k: () => step(-1),
  u: () => nextUndecided(current()),
  c: () => press("confirm"),
  m: () => begin("change", "percent"),
  d: () => begin("dismiss", "reason"),
  t: openWords,
  q: () => {
    const ask = current()?.querySelector(".ask");
    if (!ask) return;
    ask.open = true;
    ask.querySelector("textarea").focus();
  },
  y: () => document.querySelector("[data-minor]")?.click(),
  a: () => document.querySelector("#advice")?.focus(),
  s: () => document.querySelector("[data-sign]")?.focus(),
};

const isOn = () => document.documentElement.dataset.keys !== "off";

const inField = (event) => event.target.matches("input:not([type=checkbox]), textarea, select");

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && inField(event)) return goTo(current());
  if (event.key === "Enter" && inField(event)) return enter(event);
  if (inField(event) || event.ctrlKey || event.metaKey || event.altKey || !isOn()) return;
  const offer = /^[1-9]$/.test(event.key) && current()?.querySelectorAll(".offers li")[event.key - 1];
  if (!offer && !(event.key in keys)) return;
  event.preventDefault();
  if (offer) {
    const button = offer.querySelector("button");
    if (button) insert(button);
  } else keys[event.key]();
});

// Enter in a line saves what was begun with m or d; Ctrl Enter saves from anywhere. In the likelihood, Enter goes on to
// the reason that a change needs.
const enter = (event) => {
  const form = event.target.form;
  const saves = event.ctrlKey || event.metaKey;
  if (event.target.tagName === "TEXTAREA" && !saves) return;
  if (!form) return;
  event.preventDefault();
  if (!form.classList.contains("decision")) return form.requestSubmit();
  if (event.target.name === "percent" && !saves) return form.elements.reason.focus();
  const intent = form.dataset.intent ?? (event.target.name === "reason" ? "dismiss" : "confirm");
  form.querySelector(`button[value=${intent}]`).click();
};

const swap = (html) => {
  const parts = new DOMParser().parseFromString(html, "text/html").body.children;
  // oxlint-disable-next-line no-useless-spread -- the collection is live: what is moved out leaves it
  for (const part of [...parts]) if (part.id) document.getElementById(part.id)?.replaceWith(part);
  const { version } = document.querySelector("#summary").dataset;
  for (const input of document.querySelectorAll("input[name=version]")) input.value = version;
  document.dispatchEvent(new Event("swapped"));
};

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const isDecision = form.classList.contains("decision");
  if (!isDecision && !form.closest(".ask")) return;
  event.preventDefault();
  if (event.submitter?.name === "insert") return insert(event.submitter);
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  const finding = form.closest("[data-finding]").id;
  const body = new FormData(form, event.submitter);
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { "X-Parts": "1" } }).catch(() => null);
  if (answer?.status === 200 && !answer.redirected) {
    swap(await answer.text());
    if (isDecision) nextUndecided(document.getElementById(finding));
    else goTo(document.getElementById(finding));
  } else if (answer?.status === 422) {
    swap(await answer.text());
    document.getElementById(finding).querySelector(isDecision ? "[name=reason]" : "[name=question]").focus();
  } else {
    // Somebody else was faster, the session ended or the line broke: the whole page says so and keeps what was typed.
    if (isDecision) {
      const action = document.createElement("input");
      Object.assign(action, { type: "hidden", name: "action", value: event.submitter?.value ?? "" });
      form.append(action);
    }
    HTMLFormElement.prototype.submit.call(form);
  }
});

// Without a part swapped in, the page comes back at the place just behind the decision: go on from there.
const behind = location.hash.startsWith("#after-") && document.getElementById(location.hash.slice(1));
if (behind) nextUndecided(behind.previousElementSibling);
else if (location.hash === "#signing") document.querySelector("#signing")?.focus();
