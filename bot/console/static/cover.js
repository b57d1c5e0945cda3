// Esc covers the screen, Esc or a click shows it again. This is no module and stands in the head, so that it works before
// anything else of the page has loaded. Without any script the same link leads to a plain page.
(() => {
  const root = document.documentElement;
  let title = '';
  function dress() {
    const covered = root.classList.contains('covered');
    for (const part of document.querySelectorAll('body > header, body > main')) part.inert = covered;
  }
  function turn() {
    const covered = root.classList.toggle('covered');
    if (covered) title = document.title;
    for (const open of document.querySelectorAll('dialog[open]')) open.close();
    document.title = covered ? root.dataset.notes : title;
    dress();
    document.querySelector(covered ? '.cover button' : '#main')?.focus({ preventScroll: true });
  }
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    turn();
  }, true);
  document.addEventListener('click', (event) => {
    const covered = root.classList.contains('covered');
    if (!event.target.closest('[data-hide]') && !(covered && event.target.closest('.cover'))) return;
    event.preventDefault();
    turn();
  }, true);
  document.addEventListener('DOMContentLoaded', dress);
})();
