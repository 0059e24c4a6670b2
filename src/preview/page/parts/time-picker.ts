import { choiceText, instantOf, localTime, quickRanges, rangeOf, type TimeChoice } from '../query/time.js';
import { button, h, icon } from './dom.js';
import { openPopup, withArrows } from './popup.js';

/** @param now milliseconds since 1970 */
interface Times {
  choice(): TimeChoice;
  now(): number;
  choose(choice: TimeChoice): void;
}

/** A field for a point in time, with what is wrong about it. */
function timeField(
  id: string,
  label: string,
  value: string,
): { readonly box: HTMLElement; readonly input: HTMLInputElement; fault(text: string): void } {
  const input = h('input', {
    type: 'text',
    id,
    value,
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-describedby': `${id}-fault`,
  });
  const fault = h('div', { class: 'fault', id: `${id}-fault`, role: 'alert' });
  return {
    box: h('div', { class: 'field' }, h('label', { for: id }, label), input, fault),
    input,
    fault: (text) => {
      fault.textContent = text;
      input.setAttribute('aria-invalid', String(text !== ''));
    },
  };
}

function content(
  times: Times,
  close: () => void,
): { readonly box: HTMLElement; readonly first: HTMLElement | undefined } {
  const { from, to } = times.choice();
  const text = (value: string): string => {
    const time = /^\d+$/.test(value) ? Number(value) : undefined;
    return time === undefined ? value : localTime(time);
  };
  const start = timeField('time-from', 'From', text(from));
  const end = timeField('time-to', 'To', text(to));
  const apply = (): void => {
    const now = times.now();
    const [left, right] = [instantOf(start.input.value, now), instantOf(end.input.value, now)];
    start.fault(left === undefined ? 'Write now-6h, or 2026-11-21 14:00:00' : '');
    end.fault(
      right === undefined
        ? 'Write now, or 2026-11-21 15:00:00'
        : left !== undefined && left >= right
          ? 'The end is before the start'
          : '',
    );
    if (left === undefined || right === undefined || left >= right) return;
    const written = (value: string, time: number): string =>
      value.trim().startsWith('now') ? value.trim() : String(time);
    close();
    times.choose({ from: written(start.input.value, left), to: written(end.input.value, right) });
  };
  const form = h(
    'form',
    { class: 'absolute', 'aria-label': 'Absolute time range' },
    start.box,
    end.box,
    h('button', { type: 'submit', class: 'primary' }, 'Apply time range'),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    apply();
  });
  const quick = quickRanges.map((each) => {
    const chosen = each.from === from && to === 'now';
    return button(
      { class: 'menu-item', role: 'option', 'aria-selected': String(chosen), tabindex: chosen ? 0 : -1 },
      () => {
        close();
        times.choose({ from: each.from, to: 'now' });
      },
      each.text,
    );
  });
  const list = h('div', { class: 'quick', role: 'listbox', 'aria-label': 'Quick ranges' }, ...quick);
  withArrows(list, () => quick);
  const chosen = quick.find((each) => each.tabIndex === 0);
  if (chosen === undefined && quick[0] !== undefined) quick[0].tabIndex = 0;
  return {
    box: h('div', { class: 'time-picker', role: 'dialog', 'aria-label': 'Time range' }, form, list),
    first: chosen ?? quick[0],
  };
}

/** A range twice as long around the same middle. */
function widened(choice: TimeChoice, now: number): TimeChoice {
  const { from, to } = rangeOf(choice, now);
  const half = to - from;
  const middle = (from + to) / 2;
  return { from: String(Math.round(middle - half)), to: String(Math.round(middle + half)) };
}

function moved(choice: TimeChoice, now: number, share: number): TimeChoice {
  const { from, to } = rangeOf(choice, now);
  const by = Math.round((to - from) * share);
  return { from: String(from + by), to: String(to + by) };
}

/** The button of the time range with its arrows, and a way to say that the range has changed. */
export function timePicker(times: Times): { readonly element: HTMLElement; update(): void } {
  const label = h('span', { class: 'time-text' });
  const open = button(
    { class: 'tool', 'aria-haspopup': 'dialog', 'aria-expanded': 'false', id: 'time-range' },
    () => {
      let close = (): void => undefined;
      const made = content(times, () => {
        close();
      });
      close = openPopup(open, made.box, made.first);
    },
    icon('clock'),
    label,
    icon('down'),
  );
  const step = (name: string, text: string, change: () => TimeChoice): HTMLElement =>
    button(
      { class: 'tool', 'aria-label': text, title: text },
      () => {
        times.choose(change());
      },
      icon(name as 'left'),
    );
  const element = h(
    'div',
    { class: 'tools time-tools', role: 'group', 'aria-label': 'Time range' },
    step('left', 'Earlier', () => moved(times.choice(), times.now(), -0.5)),
    open,
    step('right', 'Later', () => moved(times.choice(), times.now(), 0.5)),
    step('zoomOut', 'Zoom out', () => widened(times.choice(), times.now())),
  );
  const update = (): void => {
    label.textContent = choiceText(times.choice(), times.now());
    const { from, to } = rangeOf(times.choice(), times.now());
    open.title = `${localTime(from)} to ${localTime(to)}`;
  };
  update();
  return { element, update };
}
