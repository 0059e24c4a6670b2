import { Documents } from '../../src/language-server/documents.js';
import { Project } from '../../src/language-server/project.js';
import type { SourceFile } from '../../src/diagnostics/source-file.js';
import { testToday } from '../support/model.js';

/** A spec in an editor's buffers, and where its `‸` stands. */
export interface Marked {
  readonly documents: Documents;
  readonly project: Project;
  readonly source: SourceFile;
  readonly offset: number;
}

export const root = '/workspace';
export const main = `${root}/observability.yaml`;

/** A text without its mark, and where that was. */
export function unmarked(text: string): { readonly text: string; readonly offset: number } {
  const offset = text.indexOf('‸');
  return { text: text.replace('‸', ''), offset: Math.max(0, offset) };
}

/**
 * Opens a spec whose text has a `‸` where the cursor stands.
 * @param others further files by their paths, which are absolute
 */
export function opened(marked: string, others: Readonly<Record<string, string>> = {}): Marked {
  const documents = new Documents(root);
  const { text, offset } = unmarked(marked);
  documents.set(main, text);
  for (const [path, other] of Object.entries(others)) documents.set(path, other);
  const project = new Project(main, documents, () => testToday);
  const source = documents.source(main);
  if (source === undefined) throw new Error('the buffer has no source');
  return { documents, project, source, offset };
}

/** The latest model of a spec, which has to be there. */
export function wholeOf({ project }: Marked): NonNullable<Project['whole']> {
  const { whole } = project;
  if (whole === undefined) throw new Error('there is no model');
  return whole;
}

/** A small service with one of everything that has a name. */
export const shop = `version: 1
service: { name: shop }
# Who bought what.
labels:
  outcome: { description: How it ended., values: [ok, failed] }
  item: { description: What was ordered., as: product, cap: 20 }
metrics:
  orders_total: { type: counter, help: Orders., labels: [outcome, item] }
  order_duration_seconds:
    type: histogram
    help: Time of an order.
    labels: [outcome]
    buckets: [0.1, 0.5, 1, 5]
spans:
  shop.order:
    kind: server
    description: An order.
    attributes:
      outcome: { label: outcome }
    outcome: { label: outcome, ok: ok, error: failed }
    record: { duration: order_duration_seconds }
slis:
  orders: { events: { total: orders_total, good: 'orders_total{outcome="ok"}' } }
slos:
  orders: { sli: orders, objective: 99, period: 30d }
alerts:
  ManyFailures:
    expr: sum by (product) (rate(orders_total{outcome="failed"}[5m])) > 1
    for: 5m
    severity: ticket
    summary: 'Orders of {{ $labels.product }} fail.'
  Slow:
    expr: |
      histogram_quantile(0.9,
        sum by (le) (rate(order_duration_seconds_bucket[5m]))) > 2
    severity: ticket
    summary: Orders are slow.
`;

/** The shop with a text put in the place of another, which stands in it once. */
export function shopWith(old: string, now: string): string {
  if (shop.split(old).length !== 2) throw new Error(`not once in the shop: ${old}`);
  return shop.replace(old, () => now);
}
