import { parseDocument, isMap, isSeq, isScalar, type Node } from 'yaml';
import { analyseLoaded, type Analysis } from '../../analyse.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { worstCaseSeries } from '../../model/series.js';
import { loadSpecText } from '../../spec/load.js';
import type { Evidence, SeenAlert } from './evidence.js';
import { Guess, leaveOut, type Draft, type Entry } from './draft.js';
import { demote } from './guess/metrics.js';

/** What the spec is called while it is only in memory. */
const path = 'observability.yaml';

/** Each round takes something out, so that there is an end; more rounds than this, and it is a fault of ours. */
const maxRounds = 200;

/** Keys of an entry that it can do without. */
const optional: ReadonlySet<string> = new Set([
  'labels',
  'runbook',
  'description',
  'unit',
  'keepFiringFor',
  'for',
  'owner',
  'stack',
  'attributes',
  'range',
  'exemplars',
  'aggregate',
  'variables',
]);

/** Of a metric, what would change its series is no matter of taste. */
const essential: ReadonlySet<string> = new Set(['metrics.labels', 'external.labels']);

/** Analyses the text of a spec. */
export function analysisOf(text: string, today: string): Analysis {
  return analyseLoaded(loadSpecText(new Map([[path, text]]), path), today);
}

/** The document that was asked about last: a round of repairs asks about each of its findings. */
let last: { readonly text: string; readonly contents: unknown } | undefined;

function contentsOf(text: string): unknown {
  if (last?.text !== text) last = { text, contents: parseDocument(text).contents };
  return last.contents;
}

/** The keys that lead to an offset of a YAML text. */
export function pathAt(text: string, offset: number): readonly (string | number)[] {
  const keys: (string | number)[] = [];
  let node = contentsOf(text);
  const holds = (each: unknown): boolean => {
    const range = (each as Node | null)?.range;
    return range !== null && range !== undefined && range[0] <= offset && offset <= range[1];
  };
  for (;;) {
    if (isMap(node)) {
      const pair = node.items.find(({ key, value }) => {
        const start = (key as Node).range?.[0] ?? Infinity;
        const end = (value as Node | null)?.range?.[1] ?? (key as Node).range?.[1] ?? -1;
        return start <= offset && offset <= end;
      });
      if (pair === undefined || !isScalar(pair.key)) return keys;
      keys.push(String(pair.key.value));
      node = pair.value;
    } else if (isSeq(node)) {
      const index = node.items.findIndex(holds);
      if (index < 0) return keys;
      keys.push(index);
      node = node.items[index];
    } else return keys;
  }
}

interface Context {
  readonly evidence: Evidence;
  readonly draft: Draft;
  readonly alerts: ReadonlyMap<string, SeenAlert>;
  readonly skipped: (label: string) => boolean;
}

function mapOf(draft: Draft, section: string): Map<string, Entry | null> | undefined {
  switch (section) {
    case 'metrics':
      return draft.metrics;
    case 'alerts':
      return draft.alerts;
    case 'external':
      return draft.external;
    case 'spans':
      return draft.spans;
    default:
      return undefined;
  }
}

function without(entry: Entry, key: string): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([each]) => each !== key));
}

function why({ code, message }: Diagnostic): string {
  return `${message} (${code})`;
}

/** Numbers above a million say that something else is wrong than the budget. */
const largestBudget = 1_000_000;

function roundedUp(count: number): number {
  const step = 10 ** Math.max(2, Math.floor(Math.log10(count)) - 1);
  return Math.ceil((count * 1.1) / step) * step;
}

/** Raises the budgets to what the metrics need. */
function raiseBudgets({ evidence, draft, skipped }: Context, { model }: Analysis, finding: Diagnostic): void {
  const worst = [...(model?.metrics.values() ?? [])].map(
    (metric) => [metric.name, worstCaseSeries(metric)] as const,
  );
  const hopeless = worst.filter(([name, series]) => series > largestBudget && draft.metrics.has(name));
  for (const [name, series] of hopeless)
    demote(draft, evidence, name, skipped, `its labels allow ${series} series: take one off it`);
  const kept = worst
    .filter(([name]) => draft.metrics.has(name) || !draft.external.has(name))
    .filter(([, series]) => series <= largestBudget);
  const most = Math.max(4000, ...kept.map(([, series]) => series));
  const total = kept.reduce((sum, [, series]) => sum + series, 0);
  const large = kept.filter(([, series]) => series > 4000).sort(([, a], [, b]) => b - a);
  const named = large
    .slice(0, 3)
    .map(([name, series]) => `${name} (${series})`)
    .join(', ');
  const isOver = large.length > 0 || total > 50_000;
  if (!isOver && hopeless.length === 0) throw new Error(`a budget that nothing exceeds: ${finding.message}`);
  if (!isOver) return;
  draft.budgets = {
    ...(most > 4000
      ? { seriesPerMetric: new Guess(roundedUp(most), `what the caps allow of ${named}; lower them`) }
      : {}),
    ...(total > 50_000
      ? { seriesPerInstance: new Guess(roundedUp(total), 'what all caps allow together; lower them') }
      : {}),
  };
  for (const [name, series] of large)
    evidence.note(
      'look',
      `metrics.${name}`,
      `its labels allow ${series} series an instance: lower their caps`,
      evidence.metrics.get(name)?.sightings[0]?.where,
    );
}

function dropAlert({ evidence, draft, alerts }: Context, name: string, reason: string): void {
  const alert = alerts.get(name);
  if (alert === undefined) {
    // One of a preset, whose metric the service does not have.
    draft.alerts.set(name, null);
    evidence.note('left out', `alerts.${name}`, `the preset's alert: ${reason}`);
    return;
  }
  draft.alerts.delete(name);
  evidence.note('left out', `alerts.${name}`, reason, alert.where);
  leaveOut(draft, 'alerts', [
    `left out: ${name} (${alert.where}): ${reason}`,
    ...alert.expr.split('\n').map((line) => `  ${line}`),
  ]);
}

function dropPanel({ evidence, draft }: Context, keys: readonly (string | number)[], reason: string): void {
  const [, name, , row, , panel] = keys;
  const board = draft.dashboards.get(String(name));
  const rows = board?.rows ?? [];
  const panels = typeof row === 'number' ? rows[row]?.panels : undefined;
  const found = typeof panel === 'number' ? panels?.[panel] : undefined;
  if (
    board === undefined ||
    panels === undefined ||
    found === undefined ||
    typeof panel !== 'number' ||
    typeof row !== 'number'
  ) {
    draft.dashboards.delete(String(name));
    evidence.note('left out', `dashboards.${String(name)}`, reason, board?.where);
    leaveOut(draft, 'dashboards', [`left out: ${String(name)}: ${reason}`]);
    return;
  }
  panels.splice(panel, 1);
  const title = String(found.entry['title']);
  evidence.note('left out', `dashboards.${String(name)}`, `panel \`${title}\`: ${reason}`, found.where);
  leaveOut(draft, 'dashboards', [`left out of ${String(name)}: ${title}: ${reason}`]);
  if (panels.length === 0) rows.splice(row, 1);
  if (rows.length === 0) draft.dashboards.delete(String(name));
}

/** Metrics that have a label. */
function metricsWith(draft: Draft, label: string): readonly string[] {
  return [...draft.metrics].flatMap(([name, entry]) => {
    const labels = entry?.['labels'] as readonly string[] | undefined;
    return labels?.includes(label) === true ? [name] : [];
  });
}

/** Removes labels that no metric has any more. */
export function dropIdleLabels(draft: Draft): void {
  for (const key of draft.labels.keys()) if (metricsWith(draft, key).length === 0) draft.labels.delete(key);
}

/** Takes a label that the alert does not carry out of its text, where Prometheus would leave a hole. */
function mendTemplate(
  { evidence, draft, alerts }: Context,
  name: string,
  key: string,
  finding: Diagnostic,
): boolean {
  const entry = draft.alerts.get(name);
  const text: unknown = entry?.[key];
  const label = /no label `(\w+)`/.exec(finding.message)?.[1];
  if (entry === undefined || entry === null || typeof text !== 'string' || label === undefined) return false;
  const action = new RegExp(`\\{\\{-?\\s*\\$labels\\.${label}\\b[^{}]*\\}\\}`, 'g');
  const mended = text
    .replace(action, '')
    .replace(/ +(?=[ ).,:;])/g, '')
    .trim();
  if (mended === text || mended === '') return false;
  draft.alerts.set(name, { ...entry, [key]: mended });
  evidence.note('changed', `alerts.${name}`, `its ${key}: ${why(finding)}`, alerts.get(name)?.where);
  return true;
}

/** Takes out what a finding is about; true where something changed. */
function mend(context: Context, analysis: Analysis, text: string, finding: Diagnostic): boolean {
  const { draft, evidence, skipped } = context;
  if (finding.code === 'OBS3401' || finding.code === 'OBS3403') {
    raiseBudgets(context, analysis, finding);
    return true;
  }
  const { range } = finding;
  if (range === undefined) return false;
  // In a preset: an alert or a panel that reads what the service does not have.
  const isOwn = range.source.path === path;
  const keys = pathAt(isOwn ? text : range.source.text, range.start);
  const [section, entry, key] = keys;
  if (typeof section !== 'string' || entry === undefined) return false;
  const name = String(entry);
  const reason = why(finding);
  if (
    finding.code === 'OBS3301' &&
    isOwn &&
    typeof key === 'string' &&
    mendTemplate(context, name, key, finding)
  )
    return true;
  if (typeof key === 'string' && optional.has(key) && !essential.has(`${section}.${key}`)) {
    const map = mapOf(draft, section);
    const value = map?.get(name);
    if (map !== undefined && value !== undefined && value !== null && key in value) {
      map.set(name, without(value, key));
      evidence.note('left out', `${section}.${name}`, `its ${key}: ${reason}`);
      return true;
    }
  }
  switch (section) {
    case 'alerts':
      dropAlert(context, name, reason);
      return true;
    case 'dashboards':
      dropPanel(context, keys, reason);
      return true;
    case 'metrics':
      if (!draft.metrics.has(name)) return false;
      demote(draft, evidence, name, skipped, reason);
      return true;
    case 'labels':
      for (const metric of metricsWith(draft, name)) demote(draft, evidence, metric, skipped, reason);
      return draft.labels.delete(name);
    case 'spans':
      evidence.note('left out', `spans.${name}`, reason);
      leaveOut(draft, 'spans', [`left out: ${name}: ${reason}`]);
      return draft.spans.delete(name);
    case 'external':
      evidence.note('left out', `external.${name}`, reason);
      return draft.external.delete(name);
    case 'suppress':
      return typeof entry === 'number' && draft.suppress.splice(entry, 1).length > 0;
    default:
      return false;
  }
}

/**
 * Takes out of a draft what the checks refuse, until they refuse nothing: an alert or a panel is left as a comment with the reason, a
 * metric becomes one of others.
 * @param print the draft as text
 * @throws where nothing that could be taken out is at fault: a bug of ours
 */
export function repair(
  context: Context,
  print: () => string,
  today: string,
): { readonly text: string; readonly analysis: Analysis } {
  for (let round = 0; round < maxRounds; round += 1) {
    const text = print();
    const analysis = analysisOf(text, today);
    const errors = analysis.diagnostics.filter(({ severity }) => severity === 'error');
    const [first] = errors;
    if (first === undefined) return { text, analysis };
    // From the end to the start, so that the places of panels before it stay what they are.
    const byPlace = [...errors].sort((a, b) => (b.range?.start ?? 0) - (a.range?.start ?? 0));
    const done = new Set<string>();
    let changed = false;
    for (const finding of byPlace) {
      const place =
        finding.range === undefined ? '' : pathAt(text, finding.range.start).slice(0, 6).join('/');
      if (done.has(place) && place !== '') continue;
      done.add(place);
      changed = mend(context, analysis, text, finding) || changed;
    }
    if (!changed) throw new Error(`the inferred spec has an error that nothing mends: ${why(first)}`);
    dropIdleLabels(context.draft);
  }
  throw new Error('the inferred spec cannot be mended');
}
