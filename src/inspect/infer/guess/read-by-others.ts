import { declare, type ExternalEntry } from '../../../openslo/external.js';
import { parsePromql } from '../../../promql/parse.js';
import { selectors } from '../../../promql/walk.js';
import type { Evidence } from '../evidence.js';
import { Guess, plain, type Draft, type Entry } from '../draft.js';
import { presetFacts } from './presets.js';

/** Series that every Prometheus has by itself. */
const ofPrometheus = /^(?:ALERTS|ALERTS_FOR_STATE|scrape_\w+|obsgen_\w+)$/;

function queriesOf(draft: Draft): readonly string[] {
  const ofAlerts = [...draft.alerts.values()].flatMap((entry) =>
    typeof entry?.['expr'] === 'string' ? [entry['expr']] : [],
  );
  const panels = [...draft.dashboards.values()].flatMap(({ rows }) => rows.flatMap((row) => row.panels));
  const ofPanels = panels.flatMap(({ entry }) => {
    if (entry['type'] === 'logs' || entry['type'] === 'traces') return [];
    const queries = entry['queries'] as Readonly<Record<string, string>> | undefined;
    return [...(typeof entry['query'] === 'string' ? [entry['query']] : []), ...Object.values(queries ?? {})];
  });
  return [...ofAlerts, ...ofPanels];
}

/** Declares the series that alerts and panels read and that no page and no code has: those of other programs, and of recording rules. */
export function draftReadByOthers(evidence: Evidence, draft: Draft): void {
  const known = new Map<string, ExternalEntry>();
  const read = new Set<string>();
  for (const query of queriesOf(draft)) {
    const { expr } = parsePromql(query);
    if (expr === undefined) continue;
    declare(known, expr, false);
    for (const { metric } of selectors(expr)) if (metric !== undefined) read.add(metric);
  }
  const ofPresets = new Set(
    presetFacts().flatMap(({ name, metrics }) =>
      draft.presets.some((each) => plain(each) === name) ? [...metrics.keys()] : [],
    ),
  );
  for (const [name, { type, native }] of [...known].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const isOwn = draft.metrics.has(name) || ofPresets.has(name);
    if (isOwn || draft.external.has(name) || ofPrometheus.test(name)) continue;
    draft.external.set(name, entryOf(evidence, name, type, native));
  }
  for (const record of evidence.records.values()) {
    if (read.has(record.name))
      evidence.note(
        'changed',
        `external.${record.name}`,
        'a recording rule writes it: keep its file loaded, or put its query in the place of the name',
        record.where,
      );
    else
      evidence.note(
        'left out',
        `the record ${record.name}`,
        evidence.inlined.has(record.name)
          ? 'its query stands in the alerts that read it'
          : 'nothing that was taken reads it; recording rules are made from objectives here',
        record.where,
      );
  }
}

function entryOf(
  evidence: Evidence,
  name: string,
  type: ExternalEntry['type'],
  native: true | undefined,
): Entry {
  const record = evidence.records.get(name);
  if (record !== undefined) return { type: 'unknown', description: `Recorded by a rule of ${record.where}.` };
  if (name === 'up') return { type: 'gauge', labels: ['job', 'instance'], range: [0, 1] };
  return {
    type: new Guess(type, 'a query reads it, and no page and no code has it'),
    ...(native === true ? { native } : {}),
  };
}
