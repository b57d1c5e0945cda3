// Live updates and keys. Everything here only makes plain forms quicker; the cover of the screen is cover.js.

const $ = (what, where = document) => where.querySelector(what);
const $$ = (what, where = document) => [...where.querySelectorAll(what)];
const root = document.documentElement;
const covered = () => root.classList.contains('covered');
const said = $('#said-by-script').dataset; // sentences in her language
const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// --- keys ---
const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  r: () => show('#text') || show('[data-open]'),
  n: () => show('#note'),
  c: () => show('#close [type=radio]'),
  u: () => $('.undo button')?.click(),
  q: () => { location.href = '/queue'; },
  '?': () => { const keys = $('#keys'); if (keys.open) keys.close(); else keys.showModal(); },
};
// A Khmer or Nepali keyboard writes its own letter on the same key.
const letter = (event) => (/^[a-z?]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace('Key', '').toLowerCase());
document.addEventListener('keydown', (event) => {
  const typing = event.target.closest?.('input:not([type=radio], [type=checkbox]), textarea, select');
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && typing) { event.preventDefault(); typing.form?.requestSubmit(); return; }
  if (typing || event.ctrlKey || event.altKey || event.metaKey || covered() || root.dataset.keys === 'off') return;
  const does = KEYS[letter(event)];
  if (does) { event.preventDefault(); does(); }
});
function show(what) {
  const part = $(what);
  if (!part) return false;
  for (let at = part.closest('details'); at; at = at.parentElement.closest('details')) at.open = true;
  part.focus();
  return true;
}
function move(by) {
  const rows = $$('.row, .near a').filter((row) => row.offsetParent);
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
  (row && ($('.do button, .do a', row) ?? row))?.focus();
}
for (const button of $$('[data-keys-help]')) { button.hidden = false; button.addEventListener('click', KEYS['?']); }

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
    else { $('span', form).textContent = said.going; $('button', form).hidden = true; form.classList.replace('undo', 'going'); }
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
// Runs one at a time; what comes meanwhile makes it run once more.
function inTurn(then) {
  let busy = false, again = false;
  return async function run() {
    if (busy) { again = true; return; }
    busy = true;
    try { await then(); } finally { busy = false; }
    if (again) { again = false; run(); }
  };
}
// Resolves when the page is in view: what nobody looks at has not been read, and she is told who read her words.
function inView() {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) => { document.addEventListener('visibilitychange', () => resolve(inView()), { once: true }); });
}
let stream = null;
function listen(url, events) {
  stream = new EventSource(url);
  for (const [name, run] of Object.entries(events)) stream.addEventListener(name, run);
  stream.addEventListener('error', () => {
    // A refused stream does not come back by itself: ask once why, then try again.
    if (stream.readyState !== EventSource.CLOSED) return;
    setTimeout(async () => {
      for (const run of Object.values(events)) await run();
      if ($('main')) listen(url, events);
    }, 3000);
  });
}
// Puts new HTML into its place; the row or link that had the focus has it again.
function replace(place, html) {
  const at = document.activeElement;
  const row = place.contains(at) ? at.closest('.row')?.id : undefined, link = place.contains(at) ? at.getAttribute('href') : null;
  place.innerHTML = html;
  const back = row ? document.getElementById(row) : link ? $$('a', place).find((one) => one.getAttribute('href') === link) : null;
  if (back) ($('.do button, .do a', back) ?? back).focus();
}

const rows = $('#rows');
if (rows) {
  listen(rows.dataset.live, {
    queue: inTurn(async () => {
      const html = await ask(rows.dataset.rows);
      if (html === null) return;
      const before = new Set($$('.row', rows).map((row) => row.id));
      const open = $('.held', rows)?.open;
      replace(rows, html);
      if (open !== undefined && $('.held', rows)) $('.held', rows).open = open;
      const fresh = $$('.row', rows).filter((row) => !before.has(row.id));
      for (const row of fresh) row.classList.add('fresh');
      if (fresh.length) $('#said').textContent = fresh.length === 1 ? said.newCase : filled(said.newCases, { n: fresh.length });
      count(); tick();
    }),
  });
  count();
}
function count() {
  const waiting = Number($('[data-count]')?.dataset.count ?? 0);
  if (!covered()) document.title = waiting ? `(${waiting}) ${said.queue}` : said.queue;
}

const page = $('.case[data-live]');
if (page) {
  const talk = $('#talk'), form = $('#reply'), near = $('#near');
  const events = { queue: inTurn(async () => { const html = await ask(near.dataset.rows); if (html !== null) replace(near, html); }) };
  if (talk) {
    events.case = inTurn(async () => {
      await inView();
      const html = await ask(page.dataset.talk);
      if (html === null) { if ($('main')) location.reload(); return; }
      talk.innerHTML = html;
      tick(); newer(); bringBack();
    });
  }
  listen(page.dataset.live, events);
  const lines = () => $('.lines', talk);
  const seen = () => { form.elements.seen.value = lines().dataset.seen; newer(); };
  const newer = () => { if (form) $('[data-newer]').hidden = Number(lines().dataset.seen) <= Number(form.elements.seen.value); };
  const bringBack = () => {
    const draft = $('[data-draft]', talk);
    if (!form || !draft || form.elements.draft.value === draft.dataset.draft || form.elements.text.value.trim()) return;
    form.elements.draft.value = draft.dataset.draft;
    form.elements.text.value = draft.dataset.text;
  };
  $('[data-read]')?.addEventListener('click', () => { seen(); form.elements.text.focus(); });
  $('[data-read-send]')?.addEventListener('click', () => { seen(); form.requestSubmit(); });
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
for (const find of $$('[data-find]')) {
  // Typing filters at once, so that nobody has to leave the page with words in the box.
  const filter = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const one of $$(find.dataset.find)) one.hidden = !words.every((word) => one.textContent.toLowerCase().includes(word));
  };
  find.addEventListener('input', filter);
  find.form.addEventListener('submit', (event) => { event.preventDefault(); filter(); });
}
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
