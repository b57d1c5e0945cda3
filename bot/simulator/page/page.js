// The chat page: draws what the simulator tells (state at first, then server-sent events) and tells it what she does.

const $ = (id) => document.getElementById(id);
const asked = new URLSearchParams(location.search);
const inDesk = asked.get("chat") === "desk";
const taps = new Map(); // tap id -> the pressed button, until the bot answers
let state, live, topic = 0, editing = null, typingEnds;

const ICONS = {
  photo: "M4 7h4l2-2h4l2 2h4v12H4zM12 9.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z",
  voice: "M12 4a2.5 2.5 0 0 0-2.5 2.5v5a2.5 2.5 0 0 0 5 0v-5A2.5 2.5 0 0 0 12 4zM6 11a6 6 0 0 0 12 0M12 17v3",
  video: "M4 7h11v10H4zM15 11l5-3v8l-5-3z",
  sticker: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM9 10v.5M15 10v.5M8.5 14a4.5 4.5 0 0 0 7 0",
  contact: "M12 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM5 20a7 7 0 0 1 14 0",
  location: "M12 21c4-5 6-8 6-11a6 6 0 0 0-12 0c0 3 2 6 6 11zM12 8v.1M12 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
};
const MEDIA = Object.keys(ICONS);

const say = (name, fields = {}) =>
  (state.labels[name] ?? name).replace(/\{(\w+)\}/g, (whole, key) => fields[key] ?? whole);

function make(tag, className = "", text = "") {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

function icon(kind) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[kind] ?? "M5 5h14v14H5z");
  svg.append(path);
  return svg;
}

async function act(fields) {
  const group = inDesk ? { group: state.chat.id } : {};
  const response = await fetch("/_sim/acts", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ acts: [{ user: state.user.name, ...group, ...fields }] }),
  });
  const answer = await response.json();
  if (!response.ok) toast(say("not_possible"));
  return response.ok ? answer.done[0] : null;
}

function toast(text) {
  const box = $("toast");
  box.textContent = text;
  box.classList.add("shown");
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { box.classList.remove("shown"); box.textContent = ""; }, 4000);
}

// --- messages

function words(text) {
  const box = make("div", "words");
  for (const piece of text.split(/(https?:\/\/[^\s]+|(?<![\w/])\/[a-z_]{2,32}\b)/)) {
    if (/^https?:/.test(piece)) box.append(link(piece, piece));
    else if (/^\/[a-z_]{2,}$/.test(piece)) box.append(command(piece));
    else if (piece) box.append(piece);
  }
  return box;
}

function link(text, address) {
  const node = make("a", "", text);
  Object.assign(node, { href: address, target: "_blank", rel: "noopener noreferrer" });
  return node;
}

function command(text) {
  const node = make("button", "", text);
  node.type = "button";
  node.onclick = () => act({ do: "say", text });
  return node;
}

function content(message) {
  if (message.file && message.kind === "photo") {
    return Object.assign(make("img"), { src: `/file/${message.file}`, alt: say("photo"), onload: toBottom });
  }
  if (message.file && message.kind === "voice") {
    return Object.assign(make("audio"), { src: `/file/${message.file}`, controls: true });
  }
  const box = make("span", "standin", say(message.kind));
  box.prepend(icon(message.kind));
  return box;
}

function keys(message) {
  const box = make("div", "keys");
  message.rows.forEach((row, y) => {
    const line = make("div");
    line.append(...row.map((key, x) => keyNode(message, key, `${y}.${x}`)));
    box.append(line);
  });
  return box;
}

function keyNode(message, key, place) {
  if (key.kind === "url") return link(`${key.text} ↗`, key.value);
  const node = make("button", key.style, key.text);
  node.type = "button";
  node.dataset.place = place;
  node.dataset.value = key.value;
  node.onclick = key.kind === "copy" ? () => copy(key.value) : () => tap(message, key, node);
  return node;
}

async function tap(message, key, node) {
  node.setAttribute("aria-busy", "true");
  setTimeout(() => node.removeAttribute("aria-busy"), 15000);
  const done = await act({ do: "tap", message: message.id, data: key.value });
  if (!done) return node.removeAttribute("aria-busy");
  if (taps.has(done.tap)) answered(done.tap, node); // the answer overtook us
  else taps.set(done.tap, node);
}

function answered(id, node) {
  taps.delete(id);
  if (node instanceof Element) node.removeAttribute("aria-busy");
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(say("copied", { text }));
  } catch {
    toast(text);
  }
}

function bubble(message) {
  const mine = !message.bot && message.who === state.user.name;
  const node = make("div", mine ? "message mine" : "message");
  const box = make("div", "bubble");
  if (message.kind === "topic") return serviceLine(message);
  if (state.chat.private || mine) box.append(make("span", "unseen", `${mine ? say("you") : state.bot.name}: `));
  else box.append(make("div", "writer", message.bot ? state.bot.name : message.who));
  if (message.kind !== "text") box.append(content(message));
  if (message.text) box.append(words(message.text));
  box.append(meta(message));
  node.append(box);
  if (message.rows.length) node.append(keys(message));
  return mark(node, message);
}

function serviceLine(message) {
  const name = state.chat.topics.find((one) => one.id === message.thread)?.name ?? "";
  return mark(make("div", "service", say("topic_made", { name })), message);
}

function mark(node, message) {
  node.dataset.message = message.id;
  node.dataset.from = message.bot ? "bot" : "person";
  node.hidden = Boolean(topic) && message.thread !== topic;
  return node;
}

function meta(message) {
  const time = new Date(message.date * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
  const marks = [message.edited ? say("edited") : "", message.silent ? say("silent") : "", time];
  return make("span", "meta", marks.filter(Boolean).join(" · "));
}

const nodeOf = (id) => $("log").querySelector(`[data-message="${id}"]`);
const atBottom = () => { const log = $("log"); return log.scrollHeight - log.scrollTop - log.clientHeight < 160; };
const toBottom = () => { $("log").scrollTop = $("log").scrollHeight; };

function show(message) {
  const stay = message.bot && !atBottom();
  const old = nodeOf(message.id);
  $("log").querySelector(".intro")?.remove();
  if (message.bot) stopTyping();
  if (old) replace(old, bubble(message));
  else $("log").append(bubble(message));
  if (!stay) toBottom();
}

function replace(old, fresh) {
  const place = old.contains(document.activeElement) && document.activeElement.dataset.place;
  old.replaceWith(fresh);
  if (place) fresh.querySelector(`[data-place="${place}"]`)?.focus();
}

function showTyping(seconds) {
  stopTyping();
  const dots = make("div", "dots");
  dots.setAttribute("aria-hidden", "true");
  dots.append(make("i"), make("i"), make("i"));
  const follow = atBottom();
  $("log").append(dots);
  $("status").textContent = say("typing");
  typingEnds = setTimeout(stopTyping, seconds * 1000);
  if (follow) toBottom();
}

function stopTyping() {
  clearTimeout(typingEnds);
  $("log").querySelector(".dots")?.remove();
  $("status").textContent = inDesk ? say("as_person", { name: state.user.name }) : say("pretend_short");
}

// --- what is around the messages

function drawAll() {
  document.documentElement.lang = state.user.language;
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = say(node.dataset.text);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", say(node.dataset.label));
  $("text").placeholder = say("message");
  $("name").textContent = document.title = inDesk ? state.chat.title : state.bot.name;
  $("face").textContent = [...$("name").textContent][0] ?? "";
  drawPeople();
  drawTabs();
  drawTopics();
  drawGate();
  $("console").hidden = !state.console;
  if (state.console) $("console").firstElementChild.href = state.console;
  document.querySelector(".private-only").hidden = inDesk;
  $("new-person").hidden = inDesk;
  $("commands").hidden = !state.bot.commands.length || inDesk;
  drawLog();
}

function drawLog() {
  const intro = state.bot.description && !inDesk ? [make("div", "intro", state.bot.description)] : [];
  const bubbles = state.chat.messages.map(bubble);
  $("log").setAttribute("aria-live", "off"); // history is not read out
  $("log").replaceChildren(...(bubbles.length ? bubbles : intro));
  stopTyping();
  toBottom();
  setTimeout(() => $("log").setAttribute("aria-live", "polite"), 500);
}

function drawPeople() {
  $("people").replaceChildren(...state.people.map((name) => {
    const item = make("li");
    const there = make("a", "", name);
    there.href = `?user=${encodeURIComponent(name)}${inDesk ? "&chat=desk" : ""}`;
    if (name === state.user.name) there.setAttribute("aria-current", "true");
    item.append(there);
    return item;
  }));
  $("language").replaceChildren(...Object.entries(state.languages).map(([code, name]) => {
    const option = new Option(name, code, false, code === state.user.language);
    option.lang = code;
    return option;
  }));
}

function drawTabs() {
  $("tabs").hidden = !state.desk;
  if (!state.desk) return;
  $("tab-desk").textContent = state.desk.title;
  $(inDesk ? "tab-desk" : "tab-chat").setAttribute("aria-current", "page");
}

function drawTopics() {
  const all = [{ id: 0, name: say("all") }, ...state.chat.topics];
  $("topics").hidden = all.length === 1;
  $("topics").replaceChildren(...all.map((one) => {
    const node = make("button", "", one.closed ? `${one.name} (${say("closed")})` : one.name);
    node.type = "button";
    node.setAttribute("aria-pressed", String(one.id === topic));
    node.onclick = () => { topic = one.id; drawTopics(); drawLog(); };
    return node;
  }));
}

function drawGate() {
  const fresh = !state.chat.messages.length && !inDesk;
  const blocked = state.user.blocked && !inDesk;
  $("gate").hidden = !(fresh || blocked);
  $("composer").hidden = blocked;
  $("open-gate").textContent = say(blocked ? "unblock" : "start");
  $("block").textContent = say(blocked ? "unblock" : "block");
}

function choose(button, nodes) {
  const open = button.getAttribute("aria-expanded") !== "true";
  closeChoices();
  if (!open) return;
  button.setAttribute("aria-expanded", "true");
  const follow = atBottom();
  $("choices").replaceChildren(...nodes);
  $("choices").hidden = false;
  if (follow) toBottom();
  nodes[0]?.focus();
}

function closeChoices() {
  $("choices").hidden = true;
  for (const id of ["attach", "commands"]) $(id).setAttribute("aria-expanded", "false");
}

function choice(nodes, className, does) {
  const node = make("button", className);
  node.type = "button";
  node.append(...nodes);
  node.onclick = () => { closeChoices(); $("text").focus(); does(); };
  return node;
}

function startEditing() {
  const mine = state.chat.messages.filter((m) => !m.bot && m.who === state.user.name && m.kind === "text");
  if (!mine.length) return toast(say("nothing_to_edit"));
  editing = mine.at(-1).id;
  $("editing").hidden = false;
  $("text").value = mine.at(-1).text;
  toBottom();
  openPanel(false);
  $("text").focus();
  return undefined;
}

function stopEditing() {
  editing = null;
  $("editing").hidden = true;
  $("text").value = "";
  grow();
}

function openPanel(open) {
  $("panel").classList.toggle("open", open);
  $("menu").setAttribute("aria-expanded", String(open));
  if (open) $("close-menu").focus();
}

function grow() {
  const box = $("text");
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}

async function send() {
  const text = $("text").value.trim();
  if (!text) return;
  const change = editing;
  stopEditing();
  await act(change ? { do: "edit", message: change, text } : { do: "say", text, thread: inDesk ? topic : 0 });
}

// --- live

const HEARD = {
  message({ message }) { keep(message); show(message); drawGate(); },
  edited({ message }) { keep(message); show(message); },
  deleted({ ids }) {
    state.chat.messages = state.chat.messages.filter((m) => !ids.includes(m.id));
    for (const id of ids) nodeOf(id)?.remove();
  },
  typing({ seconds }) { showTyping(seconds); },
  answered({ tap: id, text }) {
    if (taps.has(id)) answered(id, taps.get(id));
    else taps.set(id, true);
    if (text) toast(text);
  },
  blocked({ blocked }) { state.user.blocked = blocked; drawGate(); },
  topics({ topics, created }) { state.chat.topics = topics; created.forEach((m) => { keep(m); show(m); }); drawTopics(); },
};

function keep(message) {
  const at = state.chat.messages.findIndex((m) => m.id === message.id);
  if (at < 0) state.chat.messages.push(message);
  else state.chat.messages[at] = message;
}

async function load() {
  const told = await (await fetch(`/state?${asked}`)).text();
  if (told === load.before) return; // nothing was missed: leave what is on the screen alone
  load.before = told;
  state = JSON.parse(told);
  drawAll();
}

function listen() {
  live = new EventSource(`/live?chat=${state.chat.id}`);
  live.onopen = async () => { // a message may have come between the state and the stream, or while it was broken
    const id = state.chat.id;
    await load();
    if (state.chat.id !== id) { live.close(); listen(); }
  };
  live.onmessage = (event) => {
    load.before = "";
    const told = JSON.parse(event.data);
    HEARD[told.event]?.(told);
    dispatchEvent(new Event("told"));
  };
}

function wire() {
  $("composer").onsubmit = (event) => { event.preventDefault(); send(); };
  $("text").oninput = grow;
  $("text").onkeydown = (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
    if (event.key === "Escape") stopEditing();
    if (event.key === "ArrowUp" && !$("text").value && !inDesk) { event.preventDefault(); startEditing(); }
  };
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { closeChoices(); openPanel(false); } });
  $("stop-editing").onclick = () => { stopEditing(); $("text").focus(); };
  $("edit-last").onclick = startEditing;
  $("attach").onclick = () => choose($("attach"), MEDIA.map((kind) => choice([icon(kind), say(kind)], "", () => act({ do: "media", kind }))));
  $("commands").onclick = () => choose($("commands"), state.bot.commands.map(({ command: name, description }) =>
    choice([make("b", "", `/${name}`), ` ${description}`], "wide", () => act({ do: "say", text: `/${name}` }))));
  $("open-gate").onclick = () => (state.user.blocked ? act({ do: "unblock" }) : act({ do: "say", text: "/start" }));
  $("block").onclick = () => { openPanel(false); return act({ do: state.user.blocked ? "unblock" : "block" }); };
  $("language").onchange = async () => { await act({ do: "speak", language: $("language").value }); await load(); };
  $("new-person").onclick = () => { location.search = `?user=${encodeURIComponent(newName())}`; };
  $("menu").onclick = () => openPanel(true);
  $("close-menu").onclick = () => { openPanel(false); $("menu").focus(); };
}

function newName() {
  const names = ["Asha", "Neema", "Maya", "Lina", "Sita", "Rosa", "Dara", "Noor", "Tala", "Zuri"];
  const free = names.filter((name) => !state.people.includes(name));
  return free[0] ?? `Girl ${state.people.length + 1}`;
}

// For the staff panel: who is shown, and how to tell something.
const current = () => state;
export { current, make, openPanel, toast };

await load();
wire();
listen();
