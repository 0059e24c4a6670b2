import { defineCheck, type Context } from '../check.js';
import { placeNames, titles, type PlaceName } from '../places.js';
import { query, type Sample } from '../prometheus.js';
import { counted, failed, notThere, ok, warning, type Outcome } from '../verdict.js';

/** What the Collector counts of what it did not hand on: https://opentelemetry.io/docs/collector/internal-telemetry/ */
const kinds = [
  { metric: 'receiver_refused', meaning: 'refused at the door', by: 'receiver' },
  { metric: 'receiver_failed', meaning: 'failed at the door', by: 'receiver' },
  { metric: 'exporter_send_failed', meaning: 'could not be handed on', by: 'exporter' },
  { metric: 'exporter_enqueue_failed', meaning: 'found no place in the queue', by: 'exporter' },
] as const;
const signals = ['spans', 'log_records', 'metric_points'] as const;

/** A queue that is fuller than this loses something soon. */
const full = 0.8;

interface Loss {
  readonly by: string;
  readonly text: string;
}

/** The stores that an exporter may send to: its name has the store's, or the signal's. */
function storesOf(exporter: string): readonly PlaceName[] {
  const ofSignal = exporter.endsWith('/logs')
    ? ['loki']
    : exporter.endsWith('/traces')
      ? ['tempo', 'jaeger']
      : [];
  return placeNames.filter((name) => exporter.includes(name) || ofSignal.includes(name));
}

/** Whether the store behind an exporter does not answer: that nothing arrives there is told already. */
async function isExplained(context: Context, exporter: string): Promise<boolean> {
  const stores = storesOf(exporter).filter((name) => context.place(name) !== undefined);
  const up = await Promise.all(stores.map((name) => context.isUp(name)));
  return up.includes(false);
}

async function lossesOf(context: Context, kind: (typeof kinds)[number]): Promise<readonly Loss[]> {
  const found = await Promise.all(
    signals.map(async (signal) => {
      // Collectors before 0.120 write no _total.
      const selector = `{__name__=~"otelcol_${kind.metric}_${signal}(_total)?"}`;
      const rows = await query(context, `sum by (${kind.by}) (increase(${selector}[15m])) > 0`);
      return rows.map(({ labels, value }): Loss => {
        const by = labels.get(kind.by) ?? '';
        return {
          by,
          text: `${by}: ${Math.ceil(value)} ${signal.replace('_', ' ')} ${kind.meaning} in 15 min`,
        };
      });
    }),
  );
  return found.flat();
}

function queueLine({ labels, value }: Sample): string {
  return `${labels.get('exporter') ?? ''}: the queue is ${Math.round(value * 100)}% full`;
}

async function run(context: Context): Promise<Outcome> {
  const [there, queues, ...losses] = await Promise.all([
    query(context, 'count({__name__=~"otelcol_process_uptime.*"})'),
    query(
      context,
      `max by (exporter) (otelcol_exporter_queue_size / otelcol_exporter_queue_capacity) > ${full}`,
    ),
    ...kinds.map((kind) => lossesOf(context, kind)),
  ]);
  if (there.length === 0) return notThere('Prometheus does not scrape the own metrics of the Collector');
  const all = losses.flat();
  const explained = await Promise.all(all.map(({ by }) => isExplained(context, by)));
  const told = all.filter((_, index) => explained[index] !== true);
  if (told.length > 0)
    return failed(
      `the Collector has lost something in the last 15 min, at ${counted(new Set(told.map(({ by }) => by)).size, 'place')}`,
      'what is refused needs more `stack.collector.memory`; what cannot be handed on has its reason in the log: `obs-gen stack logs collector`',
      told.map(({ text }) => text),
    );
  if (queues.length > 0)
    return warning(
      'a queue of the Collector is nearly full',
      'the store behind it is too slow, or has been away: look at it, and ask again',
      queues.map(queueLine),
    );
  const silent = [...new Set(all.map(({ by }) => by))];
  const away = silent.length === 0 ? '' : `; left out: ${silent.join(', ')}, whose store does not answer`;
  return ok(`nothing lost in the last 15 min${away}`);
}

export const collectorLossesCheck = defineCheck({
  id: 'collector.losses',
  question: `Does ${titles.collector} lose spans, lines or metrics?`,
  needs: ['prometheus', 'collector'],
  run,
});
