import type { Dashboard, Model, Panel } from '../model/model.js';
import type { Expr } from '../promql/ast.js';
import {
  aggregate,
  binary,
  by,
  call,
  duration,
  durationVariable,
  matcher,
  number,
  selector,
  string,
} from '../promql/build.js';
import { boardOf, withRest, type DraftRow } from './board.js';
import { linesPanel } from './panels.js';
import type { Subject } from './subject.js';
import { withWatched } from './watched.js';

const day = 86_400;

interface Account {
  readonly series: 'obsgen_dropped_total' | 'obsgen_label_overflow_total' | 'obsgen_signals_lost_total';
  readonly labels: readonly [string, string];
  readonly title: string;
  readonly description: string;
}

/** What the runtime counts about itself; each series begins with the first thing to count. */
const accounts: readonly Account[] = [
  {
    series: 'obsgen_dropped_total',
    labels: ['metric', 'reason'],
    title: 'Updates dropped',
    description:
      'Updates of metrics that could not be recorded. Good: 0. The reason says what is wrong with them; find the call in the code.',
  },
  {
    series: 'obsgen_label_overflow_total',
    labels: ['metric', 'label'],
    title: 'Values beyond a cap',
    description:
      'Updates whose label value was beyond its cap and went to __other__. Good: 0. Register the value, raise the cap, or keep it out of labels.',
  },
  {
    series: 'obsgen_signals_lost_total',
    labels: ['signal', 'reason'],
    title: 'Signals lost',
    description:
      'Spans, log lines, errors and security events that did not arrive, exports that failed among them. Good: 0. Does what receives them answer?',
  },
];

const scraped = ['job', 'instance'].map((label) => matcher(label, '=~', `$${label}`));

/** Nothing to count is a fact, not a gap: 0 stands where there is no series. */
function orNone(expr: Expr, label?: string): Expr {
  const zero = call('vector', number(0));
  if (label === undefined) return binary('or', expr, zero);
  const named = call('label_replace', zero, string(label), string('none'), string(''), string(''));
  return binary('or', expr, named, { matching: { mode: 'on', labels: [] } });
}

function statOf(model: Model, { series, title, description }: Account): Panel {
  const all = aggregate('sum', call('increase', selector(series, scraped, { range: duration(day) })));
  const words = { title: `${title} in 24 h`, description };
  return linesPanel(model, model.service, words, [{ expr: orNone(all) }], { type: 'stat', unit: 'short' });
}

function panelOf(model: Model, { series, labels, title, description }: Account): Panel {
  const rates = call('rate', selector(series, scraped, { range: durationVariable('$__rate_interval') }));
  const each = aggregate('topk', aggregate('sum', rates, by(labels)), undefined, number(10));
  const words = { title: `${title} by ${labels[0]} and ${labels[1]}`, description };
  return linesPanel(model, model.service, words, [{ expr: orNone(each, labels[0]) }], { unit: 'cps' });
}

/** Whether what describes the service arrives: what was dropped, went beyond a cap, or got lost. */
export function telemetryBoard(subject: Subject): Dashboard | undefined {
  const { model } = subject;
  // Every service with metrics has the runtime, which counts these.
  if (model.metrics.size === 0) return undefined;
  const up = model.external.get('up');
  const reachable =
    up?.labels?.includes('job') === true && up.labels.includes('instance')
      ? linesPanel(
          model,
          up,
          {
            title: 'Scraped',
            description:
              '1 while Prometheus reaches an instance. Good: 1. At 0, is the instance gone, or the way to it?',
          },
          [{ expr: aggregate('min', selector('up'), by(['instance'])) }],
          { unit: 'short' },
        )
      : undefined;
  const rows: readonly DraftRow[] = [
    { title: 'Overview', panels: accounts.map((account) => statOf(model, account)) },
    { title: 'What is missing', panels: [...accounts.map((account) => panelOf(model, account)), reachable] },
  ];
  return boardOf(model, {
    name: 'telemetry',
    topic: 'telemetry',
    title: `${model.service.name}: telemetry`,
    description:
      'Whether what tells of the service arrives: what was dropped, went beyond a cap, or got lost on the way.',
    from: 'now-6h',
    origin: model.service.origin,
    rows: withRest(model, withWatched(subject, 'telemetry', rows), subject.metricsAt('telemetry')),
  });
}
