import type { Evidence, SeenAlert } from '../evidence.js';
import { Guess, noted, plain, type Draft, type Entry } from '../draft.js';
import { inlineRecords } from './inlined-records.js';
import { presetFacts } from './presets.js';
import { spaced } from './words.js';

type Severity = 'page' | 'ticket' | 'info';

const severities: readonly (readonly [RegExp, Severity])[] = [
  [/^(?:page|critical|crit|urgent|emergency|fatal|high|sev-?[01]|p[01])$/i, 'page'],
  [/^(?:info|information|none|low|debug|notice)$/i, 'info'],
  [/^(?:ticket|warning|warn|medium|minor|major|error|average|sev-?[23]|p[2-4])$/i, 'ticket'],
];

function severityOf(evidence: Evidence, { name, labels, where }: SeenAlert): Severity | Guess<Severity> {
  const written = labels.get('severity') ?? labels.get('priority');
  if (written === undefined) return new Guess<Severity>('ticket', 'the rule has no severity');
  const found = severities.find(([pattern]) => pattern.test(written))?.[1];
  if (found === written) return found;
  evidence.note(
    'changed',
    `alerts.${name}`,
    `the severity ${written} is now ${found ?? 'ticket'}: routes that name the old one have to name the new one`,
    where,
  );
  return found === undefined
    ? new Guess<Severity>('ticket', `the rule says ${written}`)
    : noted<Severity>(found, `the rule says ${written}`);
}

function firstOf(annotations: ReadonlyMap<string, string>, keys: readonly string[]): string | undefined {
  return keys.map((key) => annotations.get(key)?.trim()).find((each) => each !== undefined && each !== '');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 1000);
}

/** Annotations that become keys of the alert, and what is left of them. */
function annotated(evidence: Evidence, { name, annotations, where }: SeenAlert): Entry {
  const summary = firstOf(annotations, ['summary', 'title', 'message', 'description']);
  const description = firstOf(annotations, ['description', 'message']);
  const runbook = firstOf(annotations, ['runbook_url', 'runbook', 'runbook_link']);
  const used = new Set([
    'summary',
    'title',
    'message',
    'description',
    'runbook_url',
    'runbook',
    'runbook_link',
  ]);
  for (const key of annotations.keys())
    if (!used.has(key)) evidence.note('left out', `alerts.${name}`, `the annotation ${key}`, where);
  return {
    summary:
      summary === undefined ? new Guess(`${spaced(name)}.`, 'the rule has no summary') : oneLine(summary),
    ...(description === undefined || description === summary ? {} : { description }),
    ...(runbook === undefined
      ? {}
      : { runbook: /^https?:\/\/\S+$/.test(runbook) ? `See <${runbook}>.` : runbook }),
  };
}

/** `High-Latency` is `HighLatency`. */
function allowedName(name: string): string {
  const words = name.split(/[^A-Za-z0-9_]+/).filter((word) => word !== '');
  const joined = words
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
  return (/^[A-Za-z]/.test(joined) ? joined : `Alert${joined}`).slice(0, 90);
}

/** A name that neither the draft nor one of its presets has. */
function freeName(draft: Draft, name: string, severity: Severity): string {
  const ofPresets = new Set(
    presetFacts().flatMap((facts) =>
      draft.presets.some((each) => plain(each) === facts.name) ? [...facts.alerts] : [],
    ),
  );
  const isFree = (each: string): boolean => !draft.alerts.has(each) && !ofPresets.has(each);
  const wanted = allowedName(name);
  if (isFree(wanted)) return wanted;
  const longer = `${wanted}${severity.charAt(0).toUpperCase()}${severity.slice(1)}`;
  if (isFree(longer)) return longer;
  for (let at = 2; ; at += 1) if (isFree(`${wanted}${at}`)) return `${wanted}${at}`;
}

/** Takes the alerts of the rule files over. */
export function draftAlerts(evidence: Evidence, draft: Draft): ReadonlyMap<string, SeenAlert> {
  const taken = new Map<string, SeenAlert>();
  for (const alert of evidence.alerts) {
    const severity = severityOf(evidence, alert);
    const name = freeName(draft, alert.name, plain(severity));
    if (name !== alert.name)
      evidence.note(
        'changed',
        `alerts.${alert.name}`,
        `it is called ${name}: the name is ${allowedName(alert.name) === alert.name ? 'taken' : 'none of the language'}`,
        alert.where,
      );
    const labels = [...alert.labels].filter(([key]) => key !== 'severity');
    const owner = labels.find(
      ([key, value]) => (key === 'team' || key === 'owner') && /^[a-zA-Z0-9][a-zA-Z0-9 @/_.-]*$/.test(value),
    );
    const kept = labels.filter(([key]) => key !== 'owner' && /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(key));
    const inlined = inlineRecords(alert.expr, evidence.records);
    for (const record of inlined?.records ?? []) {
      evidence.inlined.add(record.name);
      evidence.note(
        'changed',
        `alerts.${name}`,
        `it read ${record.name}: the query of that rule stands in its place, so that the alert does not need the old file`,
        record.where,
      );
    }
    draft.alerts.set(name, {
      expr: inlined?.query ?? alert.expr,
      ...(alert.for === undefined || /^0[a-z]*$/.test(alert.for) ? {} : { for: alert.for }),
      ...(alert.keepFiringFor === undefined ? {} : { keepFiringFor: alert.keepFiringFor }),
      severity,
      ...annotated(evidence, alert),
      ...(kept.length === 0 ? {} : { labels: Object.fromEntries(kept) }),
      ...(owner === undefined ? {} : { owner: owner[1] }),
    });
    taken.set(name, alert);
  }
  return taken;
}
