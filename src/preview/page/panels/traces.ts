import { colourOf } from '../format/colours.js';
import type { Target } from '../board.js';
import { formattedText, formatValue } from '../format/units.js';
import type { Context, Load } from '../parts/context.js';
import { h } from '../parts/dom.js';
import { interpolate } from '../query/interpolate.js';
import { localTime } from '../query/time.js';
import { emptyText } from './empty.js';
import { madeUp, notAsked } from './made-up.js';
import { nothing } from './single-values.js';

interface Trace {
  readonly traceId: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly start: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly status: 'ok' | 'error';
}

const columns = ['Trace ID', 'Start time', 'Service', 'Name', 'Duration'];

function cells({ traceId, start, name, duration }: Trace, service: string): readonly string[] {
  return [traceId, localTime(start), service, name, formattedText(formatValue(duration, 'ms', undefined))];
}

function row(trace: Trace, context: Context): HTMLElement {
  const [id = '', ...rest] = cells(trace, context.state.service);
  const bar = h('span', { class: 'trace-status', title: trace.status });
  bar.style.backgroundColor = colourOf(trace.status === 'error' ? 'red' : 'green', context.theme());
  return h(
    'tr',
    {},
    h(
      'td',
      { class: 'trace-id' },
      bar,
      id.slice(0, 16),
      trace.status === 'error' ? h('span', { class: 'visually-hidden' }, ' failed') : undefined,
    ),
    ...rest.map((text) => h('td', {}, text)),
  );
}

/** A search of Jaeger in the words of TraceQL. */
function searchOf(target: Target | undefined): string {
  if (target?.service === undefined) return '';
  const { service, operation, tags, minDuration, maxDuration } = target;
  const conditions = [
    `resource.service.name = "${service}"`,
    ...(operation === undefined ? [] : [`name = "${operation}"`]),
    ...(tags === 'error=true' ? ['status = error'] : []),
    ...(minDuration === undefined ? [] : [`duration > ${minDuration}`]),
    ...(maxDuration === undefined ? [] : [`duration < ${maxDuration}`]),
  ];
  return `{ ${conditions.join(' && ')} }`;
}

/** Traces that a search finds, the latest first. */
export const loadTraces: Load = async (panel, _, context) => {
  const [target] = panel.targets ?? [];
  const query = interpolate(target?.query ?? searchOf(target), context.chosen);
  const answer = (await madeUp('traces', query, context.signal)) as
    { readonly traces: readonly Trace[] } | undefined;
  const { from, to } = context.range;
  const found = answer?.traces
    .filter(({ start }) => start >= from && start <= to)
    .sort((a, b) => b.start - a.start)
    .slice(0, 50);
  const store = target?.datasource?.type === 'jaeger' ? 'Jaeger' : 'Tempo';
  return (host) => {
    if (found === undefined) return notAsked(host, store, query, context);
    if (found.length === 0) {
      host.replaceChildren(emptyText(nothing(panel)));
      return { state: 'empty' };
    }
    host.replaceChildren(
      h(
        'div',
        { class: 'table-box sm', tabindex: 0, role: 'region', 'aria-label': `${panel.title}, traces` },
        h(
          'table',
          { class: 'data-table' },
          h(
            'thead',
            {},
            h(
              'tr',
              {},
              ...columns.map((name) => h('th', { scope: 'col' }, h('span', { class: 'th-text' }, name))),
            ),
          ),
          h('tbody', {}, ...found.map((trace) => row(trace, context))),
        ),
      ),
    );
    return {
      state: 'ready',
      table: () => ({ columns, rows: found.map((trace) => cells(trace, context.state.service)) }),
    };
  };
};
