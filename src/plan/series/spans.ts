import {
  spanMetricBounds,
  spanMetricDimensions,
  spanMetricLabels,
  spanMetricRows,
} from '../../emit/stack/collector/index.js';
import type { Model, Span } from '../../model/model.js';
import type { Rates } from '../expected/rates.js';
import type { RowModel } from '../expected/rows.js';
import { scrapedLabels } from './metrics.js';
import type { SeriesSet } from './series-set.js';

/** STATUS_CODE_UNSET and, as one of a hundred spans may, STATUS_CODE_ERROR. */
const statuses = 2;
const errors = 1 / 100;
/** service_name, span_name, span_kind, status_code. */
const ownDimensions = 4;

/** What the Collectors of a stack count of the spans that pass: calls, and a histogram of how long they take. None without a stack. */
export function spanSets(
  model: Model,
  { rates, rows, instances }: { readonly rates: Rates; readonly rows: RowModel; readonly instances: number },
  interval: number,
): SeriesSet[] {
  const spans = [...model.spans.values()];
  if (model.stack === undefined || spans.length === 0) return [];
  // Of each row the calls; the buckets with +Inf, the sum and the count.
  const row = 1 + spanMetricBounds(model.stack).length + 3;
  const collectors = model.stack.collector.instances;
  const perSecond = (span: Span): number => rates.ofSpan(span).perSecond * instances;
  const most = spanMetricRows(model);
  const expected = spans.map((span) => ({
    rows: rows.countOf(spanMetricLabels(span), perSecond(span)),
    perSecond: perSecond(span),
  }));
  const count = expected.reduce((sum, each) => sum + each.rows * statuses, 0);
  const share = Math.min(1, most / Math.max(1, count));
  return [
    {
      source: 'spans',
      name: 'traces_span_metrics_*',
      worst: collectors * most * row,
      expected: collectors * count * share * row,
      ofInstance: undefined,
      interval,
      moving: expected.flatMap((each) =>
        [1, errors].map((part) => ({
          motion: {
            kind: 'events',
            perSecond: (each.perSecond * part) / Math.max(1, each.rows) / collectors,
          } as const,
          series: collectors * each.rows * share * row,
        })),
      ),
      labels: ownDimensions + spanMetricDimensions(model).length + scrapedLabels,
      basis: `${spans.length} spans, with and without an error, by their bounded labels, in ${collectors} Collector${collectors === 1 ? '' : 's'}`,
    },
  ];
}
