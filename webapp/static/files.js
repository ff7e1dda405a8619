// Photos and papers: drawn smaller, then sent at once and in parts, each part again until it is there, so that a lost
// line costs nothing that was chosen or written; the form names them and waits for the line itself. Without this script,
// and where the door takes no parts, a file goes with its form and the server says if it is too large.
"use strict";

const LONGEST = 3000;
const LARGE = 1024 * 1024;
const PATIENCE = 60;
const BUSY = [408, 429, 503];
const MOST_REFUSALS = 5;
const { src } = document.currentScript;

async function smaller(file) {
  if (!file.type.startsWith("image/") || file.size < LARGE) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const drawn = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return drawn && drawn.size < file.size ? new File([drawn], file.name, { type: "image/jpeg" }) : file;
  } catch {
    return file;
  }
}

const pause = (seconds) =>
  new Promise((done) => {
    setTimeout(done, seconds * 1000);
    addEventListener("online", done, { once: true });
  });

// Until there is an answer: without a line, and where the door is busy, again and again.
async function ask(address, how, offline) {
  for (let refusals = 0, wait = 1; ; wait = Math.min(wait * 2, PATIENCE / 2)) {
    const ends = new AbortController();
    const timer = setTimeout(() => ends.abort(), PATIENCE * 1000);
    let answer = null;
    try {
      answer = await fetch(address, { ...how, signal: ends.signal });
    } catch {
      offline();
    } finally {
      clearTimeout(timer);
    }
    const after = Number(answer?.headers.get("Retry-After")) || wait;
    if (answer && (!BUSY.includes(answer.status) || after > PATIENCE || ++refusals > MOST_REFUSALS)) return answer;
    await pause(after);
  }
}

class Sending {
  constructor(input) {
    this.input = input;
    this.list = input.parentElement.querySelector(".sent");
    this.token = input.form.querySelector("[name=csrf_token]").value;
    this.drawer = `${location.pathname}#${input.id}`;
    this.under = Promise.resolve();
    this.state = "";
  }

  listen() {
    this.list.querySelector("[data-plain]")?.remove();
    const named = [...this.list.querySelectorAll("input")];
    for (const input of named) {
      input.closest("li").remove();
      this.hold(this.line(input.nextElementSibling.textContent), input.value);
    }
    if (!named.length) this.restore();
    this.input.addEventListener("change", () => {
      const files = [...this.input.files];
      this.under = this.under.then(() => this.take(files));
    });
    this.input.form.addEventListener("submit", (event) => this.wait(event));
  }

  // A phone that lacks memory closes the page while its camera is open: what was sent is here again afterwards.
  restore() {
    for (const [name, ticket] of JSON.parse(sessionStorage.getItem(this.drawer) ?? "[]")) {
      this.hold(this.line(name), ticket);
    }
  }

  keep() {
    const held = [...this.list.querySelectorAll("input")];
    const lines = held.map((input) => [input.parentElement.firstElementChild.textContent, input.value]);
    sessionStorage.setItem(this.drawer, JSON.stringify(lines));
  }

  line(name) {
    const line = document.createElement("li");
    const said = document.createElement("span");
    said.textContent = name;
    line.append(said);
    this.list.append(line);
    this.offerOut(line);
    return line;
  }

  offerOut(line) {
    const out = document.createElement("button");
    out.type = "button";
    out.className = "link";
    out.textContent = this.list.dataset.out;
    out.addEventListener("click", () => {
      line.remove();
      this.keep();
      this.input.focus();
    });
    line.append(out);
  }

  hold(line, ticket) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: this.input.name, value: ticket });
    line.append(input);
    this.keep();
  }

  async take(files) {
    this.input.value = "";
    if (!this.input.multiple) this.list.replaceChildren();
    const plain = new DataTransfer();
    for (const [line, file] of files.map((one) => [this.line(one.name), one])) {
      if (!line.isConnected) continue;
      const drawn = await smaller(file);
      try {
        await this.send(drawn, line);
      } catch {
        line.remove();
        plain.items.add(drawn);
      }
    }
    if (plain.files.length) this.input.files = plain.files;
  }

  async send(file, line) {
    const said = line.firstElementChild;
    const offline = () => (said.textContent = `${file.name} · ${this.list.dataset.offline}`);
    const headers = { "X-CSRFToken": this.token };
    const told = new URLSearchParams({ name: file.name, size: file.size });
    const begun = await ask(this.list.dataset.to, { method: "POST", headers, body: told }, offline);
    if (begun.status === 422) {
      said.textContent = `${file.name} · ${(await begun.json()).fault}`;
      said.className = "fault";
      return;
    }
    if (!begun.ok) throw begun;
    const { ticket, part } = await begun.json();
    for (let number = 0; number * part < file.size && line.isConnected; number += 1) {
      said.textContent = `${file.name} · ${Math.floor((100 * number * part) / file.size)}%`;
      const body = await file.slice(number * part, (number + 1) * part).arrayBuffer();
      const how = { method: "PUT", headers: { ...headers, "Upload-Ticket": ticket }, body };
      const answer = await ask(`${this.list.dataset.to}/${number}`, how, offline);
      if (!answer.ok) throw answer;
    }
    said.textContent = file.name;
    if (line.isConnected) this.hold(line, ticket);
  }

  // The form goes when its files are there and the door answers; until then nothing on the page is lost.
  async wait(event) {
    if (this.state === "ready") return;
    event.preventDefault();
    if (this.state === "waits") return;
    this.state = "waits";
    const said = document.createElement("li");
    const offline = () => {
      said.textContent = this.list.dataset.waits;
      this.list.append(said);
    };
    await this.under;
    await ask(src, { method: "HEAD", cache: "no-store" }, offline);
    said.remove();
    sessionStorage.removeItem(this.drawer);
    this.state = "ready";
    this.input.form.requestSubmit(event.submitter);
    this.state = "";
  }
}

if ("requestSubmit" in HTMLFormElement.prototype) {
  for (const input of document.querySelectorAll("input[data-sends]")) new Sending(input).listen();
}
