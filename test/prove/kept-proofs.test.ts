import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emit } from '../../src/emit/index.js';
import { forgetFiles, keepFiles } from '../../src/emit/kept-files.js';
import { keepProofs, forgetProofs, keptProofs } from '../../src/prove/kept-proofs.js';
import { modelOf } from '../support/model.js';

const spec = `version: 1
service: { name: shop, owner: team }
labels:
  outcome: { description: How it ended., values: [ok, failed] }
metrics:
  orders_total: { type: counter, help: Orders., labels: [outcome] }
  queue_age_seconds: { type: gauge, help: Age., range: [0, 100000] }
slis:
  orders: { events: { total: orders_total, good: 'orders_total{outcome="ok"}' } }
slos:
  orders: { sli: orders, objective: 99, period: 30d }
alerts:
  Old: { expr: queue_age_seconds > 60, for: 5m, severity: page, summary: Old. }
  Failing:
    ratio: { part: 'orders_total{outcome="failed"}', whole: orders_total, over: 10m, above: 0.05, minEvents: 20 }
    severity: ticket
    summary: Failing.
`;

/** Each changes something that a proof may follow from, or may not. */
const edits: readonly (readonly [what: string, (text: string) => string])[] = [
  ['nothing', (text) => text],
  ['a comment, which moves all that follows', (text) => `# new\n${text}`],
  ['the limit of an alert', (text) => text.replace('> 60', '> 90')],
  ['the summary of an alert', (text) => text.replace('summary: Old.', 'summary: Very old.')],
  ['the pending time', (text) => text.replace('for: 5m', 'for: 10m')],
  ['the help of a metric', (text) => text.replace('help: Age.', 'help: The age.')],
  ['the values of a label', (text) => text.replace('[ok, failed]', '[ok, failed, refused]')],
  ['the range of a metric', (text) => text.replace('[0, 100000]', '[0, 300]')],
  ['an objective', (text) => text.replace('objective: 99,', 'objective: 99.5,')],
  [
    'how often is scraped',
    (text) => `${text}target: { prometheus: { version: "2.42", scrapeInterval: 30s } }\n`,
  ],
  [
    'the selector of the service',
    (text) => text.replace('owner: team', 'owner: team, selector: { job: shop }'),
  ],
  [
    'what a span is about',
    (text) => `${text}spans:\n  shop.order: { kind: server, description: An order. }\n`,
  ],
  ['the kind of a span', (text) => text.replace('kind: server', 'kind: internal')],
  ['the owner', (text) => text.replace('owner: team', 'owner: others')],
  ['back again', () => spec],
];

const written = (text: string) => emit(modelOf(text));

describe('proofs that are kept from one build to the next', () => {
  const cold = new Map<string, unknown>();
  beforeAll(() => {
    let text = spec;
    for (const [what, edit] of edits) {
      text = edit(text);
      cold.set(what, written(text));
    }
    keepProofs();
    keepFiles();
  });
  afterAll(() => {
    forgetProofs();
    forgetFiles();
  });

  it('are what a first build would have found, after any edit', () => {
    let text = spec;
    for (const [what, edit] of edits) {
      text = edit(text);
      expect(written(text), what).toEqual(cold.get(what));
    }
  });

  it('are found again where nothing changed that they follow from', () => {
    written(spec);
    const before = keptProofs();
    written(`# moved\n${spec.replace('help: Age.', 'help: The age.')}`);
    expect(keptProofs()).toBe(before);
    written(spec.replace('> 60', '> 61'));
    expect(keptProofs()).toBe(before + 1);
  });
});
