import { colourOf } from '../format/colours.js';
import { formattedText, formatValue } from '../format/units.js';
import type { Context, Load } from '../parts/context.js';
import { h, icon } from '../parts/dom.js';
import { queryInstant, type VectorRow } from '../query/prometheus.js';
import type { Labels } from '../query/series.js';
import { emptyText } from './empty.js';

interface Options {
  readonly alertInstanceLabelFilter?: string;
  readonly maxItems?: number;
  readonly stateFilter?: { readonly firing?: boolean; readonly pending?: boolean };
}

/** The selector of the alerts that are meant, `{service="x"}`, as one of `ALERTS`. */
function alertQuery(metric: string, { alertInstanceLabelFilter = '' }: Options): string {
  return `${metric}${alertInstanceLabelFilter.trim()}`;
}

/** What tells one alert of a name from another. */
function labelsOf(metric: Labels): [string, string][] {
  return Object.entries(metric).filter(([name]) => name !== '__name__' && name !== 'alertstate');
}

function key({ metric }: VectorRow): string {
  return JSON.stringify(labelsOf(metric).sort());
}

interface Alert {
  readonly name: string;
  readonly state: string;
  readonly labels: readonly (readonly [string, string])[];
  /** Milliseconds. */
  readonly age: number | undefined;
}

function alertOf(row: VectorRow, since: number | undefined, end: number): Alert {
  const { alertname = '', alertstate = '' } = row.metric;
  return {
    name: alertname,
    state: alertstate,
    labels: labelsOf(row.metric).filter(([name]) => name !== 'alertname'),
    age: since === undefined ? undefined : end - since * 1000,
  };
}

function entry({ name, state, labels, age }: Alert, context: Context): HTMLElement {
  const colour = colourOf(state === 'firing' ? 'red' : 'yellow', context.theme());
  const mark = h('span', { class: 'alert-state' }, icon('heart'));
  mark.style.color = colour;
  const since = age === undefined ? '' : ` for ${formattedText(formatValue(age / 1000, 's', 0))}`;
  return h(
    'li',
    { class: 'alert' },
    mark,
    h(
      'div',
      {},
      h('div', { class: 'alert-name' }, name),
      h('div', { class: 'alert-words' }, h('span', { class: `alert-word ${state}` }, state), since),
      h(
        'div',
        { class: 'alert-labels' },
        ...labels.map(([label, value]) => h('span', { class: 'chip' }, `${label}=${value}`)),
      ),
    ),
  );
}

/** Alerts that fire or are about to. */
export const loadAlertList: Load = async (panel, _, context) => {
  const options = (panel.options ?? {}) as Options;
  const { to } = context.range;
  const [rows, starts] = await Promise.all([
    queryInstant(alertQuery('ALERTS', options), to, context.signal),
    queryInstant(alertQuery('ALERTS_FOR_STATE', options), to, context.signal),
  ]);
  const since = new Map(starts.map((row) => [key(row), Number(row.value[1])]));
  const wanted = ['firing', 'pending'].filter((state) => options.stateFilter?.[state as 'firing'] !== false);
  const alerts = rows
    .map((row) => alertOf(row, since.get(key(row)), to))
    .filter(({ state }) => wanted.includes(state))
    .sort((a, b) => a.state.localeCompare(b.state) || a.name.localeCompare(b.name))
    .slice(0, options.maxItems ?? 20);
  return (host) => {
    if (alerts.length === 0) {
      // That nothing fires is what one hopes to see, and no lack of data.
      host.replaceChildren(emptyText('No alerts matching filters'));
      return { state: 'ready' };
    }
    host.replaceChildren(
      h(
        'ul',
        { class: 'alerts', tabindex: 0, 'aria-label': panel.title },
        ...alerts.map((alert) => entry(alert, context)),
      ),
    );
    return {
      state: 'ready',
      table: () => ({
        columns: ['Alert', 'State', 'Labels'],
        rows: alerts.map(({ name, state, labels }) => [
          name,
          state,
          labels.map((pair) => pair.join('=')).join(', '),
        ]),
      }),
    };
  };
};
