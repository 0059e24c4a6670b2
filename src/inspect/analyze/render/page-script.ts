/**
 * Sorting by a column and filtering, for a page that can be read without it. It only moves and hides rows that are there, and says so to
 * screen readers.
 */
export const pageScript = `
'use strict';
const table = document.getElementById('functions');
const body = table.tBodies[0];
const rows = [...body.rows];
const said = document.getElementById('said');
const words = document.getElementById('words');
const gap = document.getElementById('gap');
const state = document.getElementById('state');
const valueOf = (row, at) => row.cells[at].dataset.value ?? row.cells[at].textContent.trim();
for (const [at, head] of [...table.tHead.rows[0].cells].entries()) {
  head.querySelector('button').addEventListener('click', () => {
    const first = head.dataset.first ?? 'ascending';
    const other = first === 'ascending' ? 'descending' : 'ascending';
    const order = head.getAttribute('aria-sort') === first ? other : first;
    for (const each of table.tHead.rows[0].cells) each.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', order);
    const sign = order === 'ascending' ? 1 : -1;
    const isNumber = head.dataset.kind === 'number';
    rows.sort((a, b) => {
      const [left, right] = [valueOf(a, at), valueOf(b, at)];
      return sign * (isNumber ? Number(left) - Number(right) : left.localeCompare(right, 'en', { numeric: true }));
    });
    body.append(...rows);
    said.textContent = 'Sorted by ' + head.textContent.trim() + ', ' + order + '.';
  });
}
const filter = () => {
  const wanted = words.value.trim().toLowerCase();
  let shown = 0;
  for (const row of rows) {
    const fits =
      row.textContent.toLowerCase().includes(wanted) &&
      (gap.value === '' || row.dataset.lacks.split(' ').includes(gap.value)) &&
      (state.value === '' || row.dataset.state === state.value);
    row.hidden = !fits;
    if (fits) shown += 1;
  }
  said.textContent = shown + ' of ' + rows.length + ' functions shown.';
};
for (const each of [words, gap, state]) each.addEventListener('input', filter);
document.getElementById('filter').addEventListener('submit', (event) => event.preventDefault());
document.getElementById('filter').hidden = false;
`;
