// A review without the mouse and without losing the place: single keys walk and decide, a decision swaps in the parts
// of the page that it changed. Keys typed into a field are left alone, and all keys can be switched off (key_switch.js).
// Writing is not deciding: what Enter will save stands beside the fields, and words that stand on the screen are saved
// before anything that goes on without them.
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
  input.focus();
  input.select();
  intend(input.form, intent);
};

// What Enter will do in this form, said beside its fields while one of them is written in.
const intend = (form, intent) => {
  if (intent) form.dataset.intent = intent;
  else delete form.dataset.intent;
  const about = form.querySelector(".about");
  if (about) about.textContent = form.contains(document.activeElement) ? about.dataset[intent ?? "words"] : "";
};

const cancel = (form) => {
  if (form.dataset.intent === "change") form.elements.percent.value = form.elements.percent.defaultValue;
  intend(form);
};

document.addEventListener("focusin", ({ target }) => {
  if (target.form?.classList.contains("decision")) intend(target.form, target.form.dataset.intent);
});
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const form = target.form;
  if (form?.classList.contains("decision") && relatedTarget?.form !== form) {
    delete form.dataset.intent;
    form.querySelector(".about").textContent = "";
  }
});

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
  if (event.key === "Escape" && inField(event)) {
    if (event.target.form?.classList.contains("decision")) cancel(event.target.form);
    return current() ? goTo(current()) : event.target.blur();
  }
  if (event.key === "Enter" && inField(event)) return enter(event);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return press("words");
  if (inField(event) || event.ctrlKey || event.metaKey || event.altKey || !isOn()) return;
  const offer = /^[1-9]$/.test(event.key) && current()?.querySelectorAll(".offers li")[event.key - 1];
  if (!offer && !(event.key in keys)) return;
  event.preventDefault();
  if (offer) {
    const button = offer.querySelector("button");
    if (button) insert(button);
  } else keys[event.key]();
});

// Enter in a line saves what was begun with m or d, else the words alone; Ctrl Enter saves from anywhere. In the
// likelihood, Enter begins a change and goes on to the reason that it needs.
const enter = (event) => {
  const form = event.target.form;
  const saves = event.ctrlKey || event.metaKey;
  if (event.target.tagName === "TEXTAREA" && !saves) return;
  if (!form) return;
  event.preventDefault();
  if (!form.classList.contains("decision")) return form.requestSubmit();
  if (event.target.name === "percent" && !saves) {
    form.elements.reason.focus();
    return intend(form, "change");
  }
  form.querySelector(`button[value=${form.dataset.intent ?? "words"}]`).click();
};

const swap = (html) => {
  const parts = new DOMParser().parseFromString(html, "text/html").body.children;
  // oxlint-disable-next-line no-useless-spread -- the collection is live: what is moved out leaves it
  for (const part of [...parts]) if (part.id) document.getElementById(part.id)?.replaceWith(part);
  const { version } = document.querySelector("#summary").dataset;
  for (const input of document.querySelectorAll("input[name=version]")) input.value = version;
  document.dispatchEvent(new Event("swapped"));
};

const isUnsaved = ({ value, dataset }) => value.trim() !== dataset.saved.trim();
const isOtherNumber = (form) => form.elements.percent.value !== form.elements.percent.defaultValue;

// Send a form for its parts. True when it was taken; a refusal stands in the parts, all else on the whole page.
const send = async (form, submitter) => {
  const isDecision = form.classList.contains("decision");
  const finding = form.closest("[data-finding]")?.id;
  const body = new FormData(form, submitter);
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { "X-Parts": "1" } }).catch(() => null);
  if (answer && !answer.redirected && (answer.status === 200 || (answer.status === 422 && finding))) {
    const number = isDecision && submitter?.value === "words" && isOtherNumber(form) ? form.elements.percent.value : null;
    swap(await answer.text());
    const now = finding && document.getElementById(finding);
    if (number !== null) now.querySelector("[name=percent]").value = number;
    if (answer.status === 422) now.querySelector(isDecision ? "[name=reason]" : "[name=question]").focus();
    return answer.status === 200;
  }
  // Somebody else was faster, the session ended or the line broke: the whole page says so and keeps what was typed.
  if (isDecision) {
    const action = document.createElement("input");
    Object.assign(action, { type: "hidden", name: "action", value: submitter?.value ?? "" });
    form.append(action);
  }
  HTMLFormElement.prototype.submit.call(form);
  return false;
};

// Words that stand on the screen travel with whatever comes next.
const saveWords = async () => {
  for (const { id } of all()) {
    const form = document.getElementById(id).querySelector("form.decision");
    if (!form || ![...form.querySelectorAll("[data-saved]")].some(isUnsaved)) continue;
    if (!(await send(form, form.querySelector("button[value=words]")))) return false;
  }
  const advice = document.querySelector("#advice[data-saved]");
  if (!advice || !isUnsaved(advice)) return true;
  const isSaved = await send(advice.form);
  if (isSaved) {
    localStorage.removeItem(`${location.pathname}#${advice.dataset.keep}`);
    advice.dataset.saved = advice.value;
  }
  return isSaved;
};

const unfinished = () =>
  all().filter((one) => {
    const question = one.querySelector(".ask textarea");
    const form = one.querySelector("form.decision");
    return question?.value.trim() || (form && isOtherNumber(form));
  });

const goOn = async (form) => {
  const { saves } = form.dataset;
  const ticked = form.querySelector("[name=even_open]")?.checked;
  const left = unfinished();
  if (saves === "sign" && left.length > 0) {
    const says = form.querySelector("[data-unfinished]");
    says.textContent = says.dataset.unfinished;
    says.hidden = false;
    return goTo(left[0]);
  }
  if (!(await saveWords())) return;
  const now = document.querySelector(`form[data-saves=${saves}]`);
  if (saves === "minor") now.elements.but.value = left.map((one) => one.id.replace("finding-", "")).join(" ");
  if (ticked) now.querySelector("[name=even_open]").checked = true;
  HTMLFormElement.prototype.submit.call(now);
};

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const isDecision = form.classList.contains("decision");
  if (!isDecision && !form.closest(".ask") && !form.dataset.saves) return;
  event.preventDefault();
  if (event.submitter?.name === "insert") return insert(event.submitter);
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  if (form.dataset.saves) {
    await goOn(form);
    delete form.dataset.sending;
    return;
  }
  const finding = form.closest("[data-finding]").id;
  const isWords = event.submitter?.value === "words";
  if (!(await send(form, event.submitter))) return;
  const now = document.getElementById(finding);
  if (isDecision && !isWords) nextUndecided(now);
  else goTo(now);
});

// Without a part swapped in, the page comes back at the place just behind the decision: go on from there.
const behind = location.hash.startsWith("#after-") && document.getElementById(location.hash.slice(1));
if (behind) nextUndecided(behind.previousElementSibling);
else if (location.hash === "#signing") document.querySelector("#signing")?.focus();
