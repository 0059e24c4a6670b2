/**
 * Folding, zooming and walking the waterfalls, for a page that can be read without it. Rows that fold are those with deeper ones behind
 * them; it only hides rows and moves the window of the drawings.
 */
export const pageScript = `
'use strict';
const units = 100000;
for (const table of document.querySelectorAll('table.waterfall')) {
  const rows = [...table.tBodies[0].rows];
  const levels = rows.map((row) => Number(row.getAttribute('aria-level')));
  const drawings = rows.map((row) => row.querySelector('svg'));
  const form = table.closest('section').querySelector('form.zoom');
  const from = form.querySelector('.from');
  const to = form.querySelector('.to');
  const said = form.querySelector('output');
  const isParent = rows.map((row, at) => (levels[at + 1] ?? 0) > levels[at]);
  rows.forEach((row, at) => { if (!isParent[at]) row.removeAttribute('aria-expanded'); });
  let current = 0;
  const show = () => {
    let folded = Infinity;
    rows.forEach((row, at) => {
      const isHidden = levels[at] > folded;
      row.hidden = isHidden;
      if (isHidden) return;
      folded = isParent[at] && row.getAttribute('aria-expanded') === 'false' ? levels[at] : Infinity;
    });
  };
  const focus = (at) => {
    if (rows[at] === undefined) return;
    rows[current].tabIndex = -1;
    current = at;
    rows[at].tabIndex = 0;
    rows[at].focus();
  };
  const fold = (at, open) => {
    if (!isParent[at]) return;
    rows[at].setAttribute('aria-expanded', String(open));
    show();
  };
  const next = (at, step) => {
    let found = at + step;
    while (rows[found] !== undefined && rows[found].hidden) found += step;
    return found;
  };
  const zoom = (first, last) => {
    const left = Math.max(0, Math.min(99.9, first));
    const right = Math.max(left + 0.1, Math.min(100, last));
    from.value = String(Math.round(left * 10) / 10);
    to.value = String(Math.round(right * 10) / 10);
    const box = (left / 100) * units + ' 0 ' + ((right - left) / 100) * units + ' 10';
    for (const each of drawings) each?.setAttribute('viewBox', box);
    said.textContent = 'Shown: ' + from.value + ' % to ' + to.value + ' %.';
  };
  const typed = () => zoom(Number(from.value) || 0, Number(to.value) || 100);
  table.tBodies[0].addEventListener('click', (event) => {
    const at = rows.indexOf(event.target.closest('tr'));
    if (at === -1) return;
    fold(at, rows[at].getAttribute('aria-expanded') === 'false');
    focus(at);
  });
  table.addEventListener('keydown', (event) => {
    const at = rows.indexOf(event.target.closest('tr'));
    if (at === -1) return;
    const isOpen = rows[at].getAttribute('aria-expanded') === 'true';
    const parent = () => { let above = at - 1; while (above >= 0 && levels[above] >= levels[at]) above -= 1; return above; };
    if (event.key === 'ArrowDown') focus(next(at, 1));
    else if (event.key === 'ArrowUp') focus(next(at, -1));
    else if (event.key === 'Home') focus(0);
    else if (event.key === 'End') focus(next(rows.length, -1));
    else if (event.key === 'ArrowRight') { if (isParent[at] && !isOpen) fold(at, true); else focus(next(at, 1)); }
    else if (event.key === 'ArrowLeft') { if (isParent[at] && isOpen) fold(at, false); else focus(parent()); }
    else if (event.key === 'Enter' || event.key === ' ') fold(at, !isOpen);
    else return;
    event.preventDefault();
  });
  from.addEventListener('change', typed);
  to.addEventListener('change', typed);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.querySelector('.whole').addEventListener('click', () => zoom(0, 100));
  form.querySelector('.fit').addEventListener('click', () => {
    const start = Number(rows[current].dataset.from ?? 0) / (units / 100);
    const width = Number(rows[current].dataset.width ?? units) / (units / 100);
    zoom(start - width * 0.05, start + width * 1.05);
  });
  form.querySelector('.unfold').addEventListener('click', () => {
    rows.forEach((row, at) => { if (isParent[at]) row.setAttribute('aria-expanded', 'true'); });
    show();
  });
  form.hidden = false;
  if (rows.length > 0) rows[0].tabIndex = 0;
  show();
}
`;
