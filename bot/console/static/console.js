// Live updates, keys and the hiding of the screen. Everything here only makes plain forms quicker.

const $ = (what, where = document) => where.querySelector(what);
const $$ = (what, where = document) => [...where.querySelectorAll(what)];

// --- Esc hides the screen ---
const cover = $('.cover');
const title = document.title;
const said = $('#said-by-script').dataset; // sentences in her language
const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
function hide() {
  const hidden = cover.hidden;
  cover.hidden = !hidden;
  document.documentElement.classList.toggle('hidden', hidden);
  for (const part of $$('body > header, body > main')) part.inert = hidden;
  document.title = hidden ? said.notes : title;
  if (hidden) $('button', cover).focus();
}
for (const button of $$('[data-hide]')) {
  button.hidden = false;
  button.addEventListener('click', hide);
}

// --- keys ---
const keysOn = () => localStorage.getItem('keys') !== 'off';
const choice = $('[data-keys]');
if (choice) {
  const box = $('input', choice);
  choice.hidden = false;
  box.checked = keysOn();
  box.addEventListener('change', () => localStorage.setItem('keys', box.checked ? 'on' : 'off'));
}
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') { event.preventDefault(); hide(); return; }
  const typing = event.target.closest('input, textarea, select');
  if (typing || event.ctrlKey || event.altKey || event.metaKey || !cover.hidden || !keysOn()) return;
  if (event.key === 'j' || event.key === 'k') move(event.key === 'j' ? 1 : -1);
  if (event.key === 'r') { const box = $('#text') ?? $('[data-open]'); if (box) { event.preventDefault(); box.focus(); } }
});
function move(by) {
  const rows = $$('.row').filter((row) => row.offsetParent);
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
  (row && ($('.do button, .do a', row) ?? row))?.focus();
}

// --- waiting times and clocks go on by themselves ---
function waited(seconds) {
  const minutes = Math.max(0, Math.floor(seconds / 60));
  if (minutes < 60) return filled(said.minutes, { n: minutes });
  if (minutes < 48 * 60) return filled(said.hours, { h: Math.floor(minutes / 60), n: minutes % 60 });
  return filled(said.days, { n: Math.floor(minutes / 1440) });
}
function tick() {
  const now = Date.now() / 1000;
  for (const row of $$('.row[data-since]')) {
    $('[data-wait]', row).textContent = waited(now - row.dataset.since);
    if (!row.dataset.due) continue;
    const missed = now >= row.dataset.due, half = !missed && now >= row.dataset.half;
    row.classList.toggle('missed', missed);
    row.classList.toggle('half', half);
    $('[data-clock]', row).textContent = missed ? said.missed : half ? said.half : '';
  }
  for (const form of $$('.undo')) {
    const left = Math.ceil(form.dataset.due - now);
    if (left > 0) $('[data-seconds]', form).textContent = left;
    else { $('span', form).textContent = said.going; $('button', form).hidden = true; form.removeAttribute('data-due'); form.classList.remove('undo'); form.classList.add('going'); }
  }
}

// --- live: ids only; what they mean is asked for again ---
async function ask(url) {
  const answer = await fetch(url, { headers: { 'X-Live': '1' }, redirect: 'manual' });
  if (answer.status === 401) { gone(); return null; }
  return answer.ok ? answer.text() : null;
}
function gone() {
  for (const part of $$('body > main')) part.remove();
  $('.gone').hidden = false;
  stream?.close();
}
let stream = null;
function listen(url, name, then) {
  let busy = false, again = false;
  const run = async () => {
    if (busy) { again = true; return; }
    busy = true;
    try { await then(); } finally { busy = false; }
    if (again) { again = false; run(); }
  };
  stream = new EventSource(url);
  stream.addEventListener(name, run);
  stream.addEventListener('error', () => {
    // A refused stream does not come back by itself: ask once why, then try again.
    if (stream.readyState === EventSource.CLOSED) setTimeout(async () => { await run(); if ($('main')) listen(url, name, then); }, 3000);
  });
}

const rows = $('#rows');
if (rows) {
  listen(rows.dataset.live, 'queue', async () => {
    const html = await ask(rows.dataset.rows);
    if (html === null) return;
    const before = new Set($$('.row', rows).map((row) => row.id));
    const focus = document.activeElement?.closest?.('.row')?.id;
    const open = $('.held', rows)?.open;
    rows.innerHTML = html;
    if (open !== undefined && $('.held', rows)) $('.held', rows).open = open;
    if (focus) { const row = document.getElementById(focus); if (row) ($('.do button, .do a', row) ?? row).focus(); }
    const fresh = $$('.row', rows).filter((row) => !before.has(row.id));
    for (const row of fresh) row.classList.add('fresh');
    if (fresh.length) $('#said').textContent = fresh.length === 1 ? said.newCase : filled(said.newCases, { n: fresh.length });
    count(); tick();
  });
  count();
}
function count() {
  const waiting = Number($('[data-count]')?.dataset.count ?? 0);
  if (cover.hidden) document.title = waiting ? `(${waiting}) ${said.queue}` : said.queue;
}

const page = $('.case[data-live]');
if (page) {
  const talk = $('#talk');
  const form = $('#reply');
  listen(page.dataset.live, 'case', async () => {
    const html = await ask(page.dataset.talk);
    if (html === null) { if ($('main')) location.reload(); return; }
    talk.innerHTML = html;
    tick(); newer(); bringBack();
  });
  const lines = () => $('.lines', talk);
  const newer = () => { if (form) $('[data-newer]').hidden = Number(lines().dataset.seen) <= Number(form.elements.seen.value); };
  const bringBack = () => {
    const draft = $('[data-draft]', talk);
    if (!form || !draft || form.elements.draft.value === draft.dataset.draft || form.elements.text.value.trim()) return;
    form.elements.draft.value = draft.dataset.draft;
    form.elements.text.value = draft.dataset.text;
  };
  $('[data-read]')?.addEventListener('click', () => { form.elements.seen.value = lines().dataset.seen; newer(); form.elements.text.focus(); });
  // Writing keeps the claim: at most one sign of life a minute.
  let told = Date.now();
  form?.elements.text.addEventListener('input', () => {
    if (Date.now() - told < 60000) return;
    told = Date.now();
    const body = new URLSearchParams({ csrf: $('meta[name=csrf]').content });
    fetch(`/cases/${page.dataset.case}/renew`, { method: 'POST', body });
  });
}
// On a phone the long list of ready replies would push everything else far down: there it opens on a tap.
if (matchMedia('(max-width: 56rem)').matches) for (const list of $$('.canned[open]')) list.open = false;
for (const use of $$('[data-use]')) {
  use.addEventListener('click', (event) => {
    const box = $('#text');
    if (!box) return;
    event.preventDefault();
    box.value = box.value.trim() ? `${box.value.trimEnd()}\n${use.dataset.use}` : use.dataset.use;
    box.focus();
  });
}
tick();
setInterval(tick, 1000);
