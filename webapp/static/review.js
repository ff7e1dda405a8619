// A review without the mouse: j and k walk the findings, c confirms, m and d go to the fields that change and dismiss
// need, a goes to the advice. Keys typed into a field are left alone.
"use strict";

const findings = [...document.querySelectorAll("[data-finding]")];
const here = () => findings.indexOf(document.activeElement.closest?.("[data-finding]"));

const goTo = (place) => {
  const finding = findings[Math.max(0, Math.min(findings.length - 1, place))];
  finding?.closest("details")?.setAttribute("open", "");
  finding?.focus();
};

const keys = {
  j: () => goTo(here() + 1),
  k: () => goTo(here() - 1),
  c: () => findings[here()]?.querySelector("button[value=confirm]")?.click(),
  m: () => findings[here()]?.querySelector("input[name=percent]")?.select(),
  d: () => findings[here()]?.querySelector("input[name=reason]")?.focus(),
  a: () => document.querySelector("#advice")?.focus(),
};

document.addEventListener("keydown", (event) => {
  if (event.target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!(event.key in keys)) return;
  event.preventDefault();
  keys[event.key]();
});

// Enter in a reason means dismiss or change, never the form's first button (confirm).
for (const form of document.querySelectorAll("form.decision")) {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    form.querySelector(`button[value=${event.target.name === "percent" ? "change" : "dismiss"}]`).click();
  });
}

// After a decision the page comes back at the place just behind it: go on from there.
const behind = location.hash.startsWith("#after-") && document.querySelector(`#${CSS.escape(location.hash.slice(1))}`);
if (behind) goTo(findings.findIndex((one) => one.compareDocumentPosition(behind) & Node.DOCUMENT_POSITION_PRECEDING));
