import type { Page } from '../exposition/page.js';
import { hasErrors } from '../../diagnostics/create.js';
import { Guess, newDraft, plain, type Draft, type Entry } from './draft.js';
import { Evidence, type InferNote } from './evidence.js';
import { draftAlerts } from './guess/alerts.js';
import { draftBoards } from './guess/boards.js';
import { draftMetrics } from './guess/metrics.js';
import { draftReadByOthers } from './guess/read-by-others.js';
import { draftSpans } from './guess/spans.js';
import { guessesOf, type FoundGuess } from './guesses.js';
import { repair } from './repair.js';
import { readCode } from './sources/code/read-code.js';
import { readDashboard } from './sources/dashboards.js';
import { readPages } from './sources/page.js';
import { readRules, type TextFile } from './sources/rules.js';
import { writeDraft } from './write.js';

/** What a spec is made of; every part may be missing. */
export interface InferInput {
  /** Pages of `/metrics`: several samples of one service, or one of each instance. */
  readonly pages: readonly { readonly name: string; readonly page: Page }[];
  readonly code: readonly TextFile[];
  readonly rules: readonly TextFile[];
  readonly dashboards: readonly TextFile[];
  readonly service: {
    readonly name: string;
    readonly nameGuess?: string | undefined;
    readonly owner?: string | undefined;
    readonly ownerGuess?: string | undefined;
  };
  /** Whether metrics are left out that no page has a value of. */
  readonly seenOnly?: boolean | undefined;
  /** Where editors find the schema; no such line where it is undefined. */
  readonly schema?: string | undefined;
  /** ISO date, which only warnings depend on. */
  readonly today: string;
}

export interface Counts {
  readonly metrics: number;
  readonly labels: number;
  readonly external: number;
  readonly spans: number;
  readonly alerts: number;
  readonly dashboards: number;
  readonly panels: number;
}

/** What came of the sources. */
export interface Inferred {
  /** The spec: valid, with no error. */
  readonly text: string;
  readonly found: Counts & { readonly records: number; readonly pages: number; readonly files: number };
  readonly taken: Counts & { readonly presets: readonly string[] };
  readonly guesses: readonly FoundGuess[];
  readonly notes: readonly InferNote[];
  /** Warnings of the checks about the spec, by code. */
  readonly warnings: ReadonlyMap<string, number>;
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

function sourcesOf({ pages, code, rules, dashboards }: InferInput): string {
  const parts = [
    pages.length === 0 ? undefined : plural(pages.length, 'page'),
    code.length === 0 ? undefined : `${plural(code.length, 'file')} of code`,
    rules.length === 0 ? undefined : plural(rules.length, 'rule file'),
    dashboards.length === 0 ? undefined : plural(dashboards.length, 'dashboard'),
  ].filter((each) => each !== undefined);
  const last = parts.pop();
  return parts.length === 0 ? (last ?? 'nothing') : `${parts.join(', ')} and ${last ?? ''}`;
}

function serviceOf({ service }: InferInput, selector: Entry | undefined): Entry {
  const { name, nameGuess, owner, ownerGuess } = service;
  return {
    name: nameGuess === undefined ? name : new Guess(name, nameGuess),
    ...(owner === undefined
      ? {}
      : { owner: ownerGuess === undefined ? owner : new Guess(owner, ownerGuess) }),
    ...(selector === undefined
      ? {}
      : {
          selector: new Guess(
            selector,
            'labels that the whole registry, or the scrape, puts on every series',
          ),
        }),
  };
}

/** Labels of the registry with a value that is known, as the selector that tells this service's series from others'. */
function selectorOf(evidence: Evidence): Entry | undefined {
  const known = [...evidence.defaultLabels].flatMap(([label, value]) =>
    // eslint-disable-next-line no-control-regex
    value !== undefined && /^[^\u0000-\u001f\u007f]{1,200}$/.test(value) && /^[a-zA-Z_]\w*$/.test(label)
      ? [[label, value] as const]
      : [],
  );
  for (const [label, value] of evidence.defaultLabels)
    if (value === undefined)
      evidence.note(
        'left out',
        'service.selector',
        `the label ${label} of the registry: its value is made at run time`,
      );
  return known.length === 0 ? undefined : Object.fromEntries(known.slice(0, 10));
}

function countPanels(rows: Iterable<{ readonly panels: readonly unknown[] }>): number {
  return [...rows].reduce((sum, { panels }) => sum + panels.length, 0);
}

function foundIn(evidence: Evidence, input: InferInput): Inferred['found'] {
  const labels = new Set([...evidence.metrics.values()].flatMap((metric) => [...metric.labels.keys()]));
  return {
    metrics: evidence.metrics.size,
    labels: labels.size,
    external: 0,
    spans: evidence.spans.size,
    alerts: evidence.alerts.length,
    dashboards: evidence.boards.length,
    panels: countPanels(evidence.boards.flatMap(({ rows }) => rows)),
    records: evidence.records.size,
    pages: evidence.pages,
    files: input.code.length,
  };
}

function takenFrom(draft: Draft): Inferred['taken'] {
  return {
    metrics: [...draft.metrics.values()].filter((each) => each !== null && 'type' in each).length,
    labels: draft.labels.size,
    external: draft.external.size,
    spans: draft.spans.size,
    alerts: [...draft.alerts.values()].filter((each) => each !== null).length,
    dashboards: draft.dashboards.size,
    panels: countPanels([...draft.dashboards.values()].flatMap(({ rows }) => rows)),
    presets: draft.presets.map((each) => plain(each)),
  };
}

function readAll(input: InferInput): Evidence {
  const evidence = new Evidence();
  readPages(evidence, input.pages);
  readCode(evidence, input.code);
  for (const file of input.rules) readRules(evidence, file);
  for (const file of input.dashboards) readDashboard(evidence, file);
  return evidence;
}

/**
 * Makes a spec of what exists. It has no error: what the checks would refuse is left out, with the reason.
 * @throws where the draft cannot be mended: a bug of ours
 */
export function infer(input: InferInput): Inferred {
  const evidence = readAll(input);
  const selector = selectorOf(evidence);
  const skipped = (label: string): boolean => evidence.defaultLabels.has(label);
  const draft = newDraft(serviceOf(input, selector));
  draftMetrics(evidence, draft, skipped, input.seenOnly);
  draftSpans(evidence, draft);
  const alerts = draftAlerts(evidence, draft);
  draftBoards(evidence, draft);
  draftReadByOthers(evidence, draft);
  const found = sourcesOf(input);
  const { text, analysis } = repair(
    { evidence, draft, alerts, skipped },
    () => writeDraft(draft, found, input.schema),
    input.today,
  );
  if (hasErrors(analysis.diagnostics)) throw new Error('the inferred spec has errors');
  const warnings = new Map<string, number>();
  for (const { code, severity } of analysis.diagnostics)
    if (severity === 'warning') warnings.set(code, (warnings.get(code) ?? 0) + 1);
  return {
    text,
    found: foundIn(evidence, input),
    taken: takenFrom(draft),
    guesses: guessesOf(draft),
    notes: evidence.notes,
    warnings,
  };
}
