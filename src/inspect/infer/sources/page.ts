import type { Page, PageFamily, PageSample } from '../../exposition/page.js';
import { addValue, labelOf, type Evidence, type SeenMetric, type SeenType } from '../evidence.js';

/** A page, and what it is called in reports. */
export interface NamedPage {
  readonly name: string;
  readonly page: Page;
}

/** Labels that belong to the parts of a metric. */
const ofParts: ReadonlySet<string> = new Set(['le', 'quantile']);

const typeOf: Readonly<Record<PageFamily['type'], SeenType>> = {
  counter: 'counter',
  gauge: 'gauge',
  histogram: 'histogram',
  gaugehistogram: 'unknown',
  summary: 'summary',
  info: 'gauge',
  stateset: 'unknown',
  unknown: 'unknown',
};

/** Families without a `TYPE` that are the parts of a histogram or a summary, put together. */
function assembled(families: readonly PageFamily[]): readonly PageFamily[] {
  const untyped = new Map(families.filter(({ type }) => type === 'unknown').map((each) => [each.name, each]));
  const parts = new Set<PageFamily>();
  const whole: PageFamily[] = [];
  for (const family of untyped.values()) {
    const base = /^(.+)_bucket$/.exec(family.name)?.[1];
    if (base === undefined || !family.samples.every(({ labels }) => labels.has('le'))) continue;
    const [count, sum] = [untyped.get(`${base}_count`), untyped.get(`${base}_sum`)];
    if (count === undefined || sum === undefined) continue;
    for (const part of [family, count, sum]) parts.add(part);
    const samples = [...family.samples, ...count.samples, ...sum.samples];
    whole.push({ ...family, name: base, type: 'histogram', samples });
  }
  return [...families.filter((family) => !parts.has(family)), ...whole];
}

/** How many observations a sample stands for. */
function weightOf(family: PageFamily, sample: PageSample): number {
  if (family.type === 'counter') return Number.isFinite(sample.value) ? Math.max(1, sample.value) : 1;
  const isCount = sample.name.endsWith('_count') && family.type !== 'gauge';
  return isCount && Number.isFinite(sample.value) ? Math.max(1, sample.value) : 1;
}

function readBounds(metric: SeenMetric, family: PageFamily): void {
  if (family.type !== 'histogram') return;
  const bounds = new Set<number>();
  for (const { labels } of family.samples) {
    const le = Number(labels.get('le'));
    if (labels.has('le') && Number.isFinite(le)) bounds.add(le);
  }
  if (bounds.size > 0) metric.buckets = [...bounds].sort((a, b) => a - b);
}

/** The samples that carry a family's rows, each once: a histogram's counts, not its buckets. */
function rowsOf(family: PageFamily): readonly PageSample[] {
  const visible = family.samples.filter(({ name }) => !name.endsWith('_created') || name === family.name);
  if (family.type !== 'histogram' && family.type !== 'summary') return visible;
  const counts = visible.filter(({ name }) => name === `${family.name}_count`);
  return counts.length > 0 ? counts : visible;
}

function readFamily(evidence: Evidence, family: PageFamily, page: string): void {
  const metric = evidence.metric(family.name);
  metric.sightings.push({ kind: 'page', where: `${page}:${family.line}` });
  const type = typeOf[family.type];
  if (metric.type === 'unknown') metric.type = type;
  else if (type !== 'unknown' && type !== metric.type) {
    evidence.note(
      'look',
      `metrics.${family.name}`,
      `it is a ${type} here and a ${metric.type} elsewhere: taken as the ${metric.type}`,
      `${page}:${family.line}`,
    );
  }
  if (metric.help === undefined && family.help !== undefined && family.help.trim() !== '')
    metric.help = family.help.trim();
  readBounds(metric, family);
  for (const sample of rowsOf(family)) {
    const weight = weightOf(family, sample);
    metric.rows += 1;
    for (const [name, value] of sample.labels) {
      if (ofParts.has(name)) continue;
      const label = labelOf(metric, name);
      label.rows += 1;
      addValue(label, value, weight);
    }
    if (Number.isFinite(sample.value)) {
      metric.low = Math.min(metric.low, sample.value);
      metric.high = Math.max(metric.high, sample.value);
    }
  }
  metric.exemplars ||= family.samples.some(({ exemplar }) => exemplar !== undefined);
}

/** Labels that each series of all pages has, with one and the same value: those of a registry, not of a metric. */
function commonLabels(pages: readonly NamedPage[]): ReadonlyMap<string, string> {
  const samples = pages.flatMap(({ page }) => page.families.flatMap((family) => family.samples));
  const families = pages.reduce((sum, { page }) => sum + page.families.length, 0);
  const [first] = samples;
  // Of two or three metrics nothing can be told: they may well have a label in common.
  if (first === undefined || families < 4) return new Map();
  const common = [...first.labels].filter(([label, value]) =>
    samples.every(({ labels }) => labels.get(label) === value),
  );
  return new Map(common);
}

/** Reads pages of `/metrics`, several samples of one service or one of each instance. */
export function readPages(evidence: Evidence, pages: readonly NamedPage[]): void {
  evidence.pages += pages.length;
  for (const { name, page } of pages) {
    for (const { line, message } of page.faults)
      evidence.note('left out', 'the page', message, `${name}:${line}`);
    for (const family of assembled(page.families)) readFamily(evidence, family, name);
  }
  for (const [label, value] of commonLabels(pages)) evidence.defaultLabels.set(label, value);
}
