// The staff panel of the demo: where she stands and why, the flow's picture, and putting her somewhere else.

import { current, make, openPanel, toast } from "/page.js";

const $ = (id) => document.getElementById(id);
const form = $("staff-put");
const field = (name) => form.elements.namedItem(name);
const PROFILE = ["language", "age_band", "country", "opted_in"];
const EVERY = 1000;
let stage, now, version = "", drawn = "", all = false, dirty = false, refreshing = false, again = false;

const about = () => `chat=${current().chat.id}`;

async function ask(path) {
  const response = await fetch(`/preview/${path}`);
  if (!response.ok) throw new Error(path);
  return response;
}

const told = async (path) => (await ask(path)).json();

// --- keeping up with the conversation and the files

async function refresh() {
  if ($("staff").hidden || refreshing) { again = refreshing; return; }
  refreshing = true;
  try {
    const trouble = await told("trouble");
    const saved = trouble.version !== version;
    if (saved) {
      stage = await told("stage");
      drawTrouble(trouble);
    }
    now = await told(`standing?${about()}`);
    drawNow();
    if (saved || !dirty) drawForm();
    await drawPicture(saved);
    version = trouble.version;
  } catch { /* the demo was stopped, or is busy: the next look will tell */ }
  refreshing = false;
  if (again) { again = false; refresh(); }
}

function drawTrouble({ refused, problems }) {
  const wrong = problems.filter((one) => one.error), worth = problems.filter((one) => !one.error);
  const parts = [];
  if (refused) parts.push(make("p", "refused", "The saved files have a mistake. The version before them keeps running."));
  if (wrong.length) parts.push(list(wrong));
  if (worth.length) {
    const more = make("details");
    more.append(make("summary", "", `${worth.length} worth a look`), list(worth));
    parts.push(more);
  }
  $("staff-trouble").replaceChildren(...parts);
}

function list(problems) {
  const box = make("ul", "problems");
  box.append(...problems.map((one) => {
    const item = make("li", one.error ? "wrong" : "");
    item.append(make("b", "", `${one.code} `), make("span", "place", one.place), `: ${one.message}`);
    if (one.hint) item.append(make("div", "hint", one.hint));
    return item;
  }));
  return box;
}

function drawNow() {
  const known = { ...now.profile, ...now.answers };
  const secret = (name) => (now.private.includes(name) ? " (private)" : "");
  const answers = Object.entries(known).map(([name, value]) => `${name} = ${value}${secret(name)}`);
  fill($("staff-now"), {
    Step: now.flow ? `${now.flow} / ${now.step}${now.waits ? ", waits for her" : ""}` : "nowhere: no flow is running",
    "Comes back to": now.under.join(", "),
    Known: answers.join(" · ") || "nothing",
    Careful: now.careful,
    Case: now.case && `${now.case}${now.claimed ? ". A person has it: stories wait" : ""}`,
    "Last words": now.heard?.text,
    "The detector thinks": now.heard && thought(now.heard),
  });
}

function thought({ level, category, rules, lists }) {
  const lines = [level ? `${level} ${category}` : "nothing worrying"];
  if (rules.length) lines.push(`because of ${rules.join(", ")}`);
  if (lists.length) lines.push(`word lists: ${lists.join(", ")}`);
  return lines.join("\n");
}

function fill(box, entries) {
  const rows = Object.entries(entries).filter(([, text]) => text).flatMap(([name, text]) => [make("dt", "", name), make("dd", "", text)]);
  if (rows.map((row) => row.textContent).join() !== [...box.children].map((row) => row.textContent).join()) box.replaceChildren(...rows);
}

// --- the form

function options(select, values, chosen, empty) {
  const rows = values.map((one) => (Array.isArray(one) ? one : [one, one]));
  if (empty !== undefined) rows.unshift(["", empty]);
  select.replaceChildren(...rows.map(([value, text]) => new Option(text, value, false, value === chosen)));
}

const flowNow = () => stage.flows.find((one) => one.id === field("flow").value);

function drawForm() {
  options(field("flow"), stage.flows.map((one) => [one.id, one.id]), dirty ? field("flow").value : now.flow || stage.flows[0]?.id);
  drawSteps(dirty ? field("step").value : now.step);
  const keep = Object.fromEntries(PROFILE.map((name) => [name, dirty ? field(name).value : now.profile[name] ?? ""]));
  options(field("language"), stage.languages, keep.language, "not chosen");
  options(field("age_band"), stage.age_bands.map((one) => [one, age(one)]), keep.age_band, "not asked");
  options(field("country"), stage.countries, keep.country, "not asked");
  options(field("opted_in"), ["yes", "no"], keep.opted_in, "not asked");
}

const age = (band) => band.replace(/(\d)_(\d)/, "$1–$2").replace("_plus", "+").replace("_", " ");

function drawSteps(chosen) {
  const flow = flowNow();
  options(field("step"), (flow?.steps ?? []).map((one) => [one.id, `${one.id} (${one.kind})${one.begins ? `: ${one.begins}` : ""}`]), chosen);
  $("staff-answers").replaceChildren(...(flow?.remembers ?? []).map(answerField));
}

function answerField({ name, options: values }) {
  const label = make("label", "", `${name} `), value = now.answers[name] ?? now.profile[name] ?? "";
  const input = values.length ? make("select") : make("input");
  input.dataset.answer = name;
  if (values.length) options(input, values, value, "not set");
  else input.value = value;
  label.append(input);
  return label;
}

function wish() {
  const profile = Object.fromEntries(PROFILE.map((name) => [name, field(name).value]));
  const answers = [...form.querySelectorAll("[data-answer]")].map((one) => [one.dataset.answer, one.value]);
  return { profile, answers: Object.fromEntries(answers) };
}

async function put(wanted) {
  const response = await fetch(`/preview/put?${about()}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(wanted),
  });
  if (!response.ok) return toast((await response.json()).error);
  dirty = false;
  return refresh();
}

// --- the picture

async function drawPicture(saved) {
  const flow = all ? "" : dirty ? field("flow").value : now.flow || field("flow").value;
  const wanted = `${flow}|${now.profile.language ?? ""}`;
  if (saved || wanted !== drawn) {
    const text = await (await ask(`picture?flow=${encodeURIComponent(flow)}&language=${now.profile.language ?? ""}`)).text();
    const svg = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
    for (const node of svg.querySelectorAll("[data-name]")) node.onclick = () => choose(flow, node.dataset.name);
    $("staff-picture").replaceChildren(svg);
    fit(svg);
    drawn = wanted;
  }
  markHere(flow);
}

function fit(svg) {
  const { width, height } = svg.viewBox.baseVal;
  const scale = Math.min(1, Math.max(0.72, ($("staff-picture").clientWidth - 4) / width));
  svg.setAttribute("width", width * scale);
  svg.setAttribute("height", height * scale);
}

function markHere(flow) {
  const here = flow ? now.step : now.flow;
  const old = $("staff-picture").querySelector(".here");
  if ((flow && flow !== now.flow) || old?.dataset.name === here) return;
  old?.classList.remove("here");
  const node = [...$("staff-picture").querySelectorAll("[data-name]")].find((one) => one.dataset.name === here);
  if (!node) return;
  node.classList.add("here");
  const box = $("staff-picture"), frame = box.getBoundingClientRect(), place = node.getBoundingClientRect();
  box.scrollTop += place.top - frame.top - (frame.height - place.height) / 2;
  box.scrollLeft += place.left - frame.left - (frame.width - place.width) / 2;
}

/** A tap into the picture chooses the step (or the flow) in the form. */
function choose(flow, name) {
  dirty = true;
  field("flow").value = flow || name;
  drawSteps(flow ? name : undefined);
  if (!flow) showAll(false);
  form.querySelector("button").focus();
}

function showAll(every) {
  all = every;
  $("staff-flow").setAttribute("aria-pressed", String(!every));
  $("staff-all").setAttribute("aria-pressed", String(every));
  drawPicture(false);
}

// --- opening and closing

function open(shown) {
  $("staff").hidden = !shown;
  document.querySelector(".layout").classList.toggle("staffed", shown);
  $("staff-open").setAttribute("aria-expanded", String(shown));
  sessionStorage.setItem("staff", shown ? "open" : "");
  drawn = version = "";
  return refresh();
}

function wire() {
  $("staff-open").hidden = false;
  $("staff-open").onclick = () => { openPanel(false); open(true); $("staff-close").focus(); };
  $("staff-close").onclick = () => { open(false); $("menu").checkVisibility() ? $("menu").focus() : $("staff-open").focus(); };
  $("staff").onkeydown = (event) => { if (event.key === "Escape") $("staff-close").click(); };
  form.onsubmit = (event) => { event.preventDefault(); put({ flow: field("flow").value, step: field("step").value, ...wish() }); };
  form.oninput = (event) => { if (event.target.name !== "language") dirty = true; };
  field("flow").onchange = () => { drawSteps(); drawPicture(false); };
  field("language").onchange = () => put({ profile: { language: field("language").value } });
  $("staff-only").onclick = () => put(wish());
  $("staff-flow").onclick = () => showAll(false);
  $("staff-all").onclick = () => showAll(true);
  addEventListener("told", () => setTimeout(refresh, 100));
  addEventListener("resize", () => { const svg = $("staff-picture").firstElementChild; if (svg) fit(svg); });
  setInterval(refresh, EVERY);
  if (sessionStorage.getItem("staff")) open(true);
}

if (current().staff) wire();
