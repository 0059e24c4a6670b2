import { colourOf } from '../format/colours.js';
import type { Context, Load } from '../parts/context.js';
import { h } from '../parts/dom.js';
import { interpolate } from '../query/interpolate.js';
import { localTime } from '../query/time.js';
import { emptyText } from './empty.js';
import { madeUp, notAsked } from './made-up.js';
import { nothing } from './single-values.js';

interface Line {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly level: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const levelColours: ReadonlyMap<string, string> = new Map([
  ['trace', 'super-light-blue'],
  ['debug', 'blue'],
  ['info', 'green'],
  ['warn', 'yellow'],
  ['warning', 'yellow'],
  ['error', 'red'],
  ['fatal', 'purple'],
]);

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The line as it was written: one object. */
function written({ time, level, fields }: Line): string {
  return JSON.stringify({ time: new Date(time).toISOString(), level, ...fields });
}

function entry(line: Line, context: Context): HTMLElement {
  const bar = h('span', { class: 'log-level', 'aria-hidden': 'true' });
  bar.style.backgroundColor = colourOf(levelColours.get(line.level) ?? 'text', context.theme());
  const details = h('dl', { class: 'log-fields' });
  const made = h(
    'details',
    { class: 'log-line' },
    h(
      'summary',
      {},
      bar,
      h('time', { datetime: new Date(line.time).toISOString() }, localTime(line.time)),
      h('span', { class: 'visually-hidden' }, line.level),
      h('span', { class: 'log-text' }, written(line)),
    ),
    details,
  );
  made.addEventListener('toggle', () => {
    if (details.childElementCount > 0) return;
    const fields = [['level', line.level] as const, ...Object.entries(line.fields)];
    for (const [name, value] of fields) details.append(h('dt', {}, name), h('dd', {}, textOf(value)));
  });
  return made;
}

/** The most lines that are shown at once. */
const most = 200;

/** Lines of a log, the newest first. */
export const loadLogs: Load = async (panel, _, context) => {
  const query = interpolate(panel.targets?.[0]?.expr ?? '', context.chosen);
  const answer = (await madeUp('logs', query, context.signal)) as
    { readonly lines: readonly Line[] } | undefined;
  const { from, to } = context.range;
  const found = answer?.lines
    .filter(({ time }) => time >= from && time <= to)
    .sort((a, b) => b.time - a.time);
  return (host) => {
    if (found === undefined) return notAsked(host, 'Loki', query, context);
    if (found.length === 0) {
      host.replaceChildren(emptyText(nothing(panel)));
      return { state: 'empty' };
    }
    const lines = found.slice(0, most);
    host.replaceChildren(
      h(
        'div',
        { class: 'logs', tabindex: 0, role: 'region', 'aria-label': `${panel.title}, log lines` },
        ...lines.map((line) => entry(line, context)),
        found.length > most
          ? h('p', { class: 'more' }, `The latest ${most} of ${found.length} lines`)
          : undefined,
      ),
    );
    return {
      state: 'ready',
      table: () => ({
        columns: ['Time', 'Level', 'Line'],
        rows: lines.map((line) => [localTime(line.time), line.level, written(line)]),
      }),
    };
  };
};
