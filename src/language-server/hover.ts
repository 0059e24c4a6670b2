import type { Hover } from 'vscode-languageserver';
import { catalogueEntry, isDiagnosticCode } from '../diagnostics/catalogue.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { SourceFile } from '../diagnostics/source-file.js';
import type { Duration, Label, Model, Sli, Slo, Span } from '../model/model.js';
import { parseDuration } from '../promql/duration.js';
import { arms } from '../slo/windows.js';
import { parseWithoutSecrets } from '../spec/layers/imports.js';
import type { LoadedSpec } from '../spec/loaded.js';
import { plainValue } from '../spec/plain.js';
import { schemaAt } from '../spec/schema/schema.js';
import { documentation } from './complete/keys.js';
import { isQueryAt, type Kind } from './kinds.js';
import { occurrencesOf } from './occurrences.js';
import { lspRange } from './positions.js';
import {
  describeBound,
  describeMetric,
  functionPage,
  functionSignature,
  seriesPart,
} from './promql/describe.js';
import { cursorAt } from './yaml-cursor.js';

/** What is known of the name, the function, the duration, the key or the finding at an offset. */
export function hoverAt(
  source: SourceFile,
  offset: number,
  spec: { readonly loaded: LoadedSpec; readonly model: Model } | undefined,
  diagnostics: readonly Diagnostic[],
): Hover | undefined {
  const parts: string[] = [];
  let range = wordAt(source, offset);
  const named = spec && occurrencesOf(spec.loaded, spec.model).at(source, offset);
  const word = source.text.slice(range.start, range.end);
  if (named !== undefined && spec !== undefined) {
    const text = describeName(spec.model, named.kind, named.name);
    const part = named.kind === 'metric' ? seriesPart(spec.model, word) : undefined;
    if (text !== undefined) parts.push(part === undefined ? text : `\`${word}\`: ${part}\n\n${text}`);
    range = {
      source,
      start: Math.min(range.start, named.range.start),
      end: Math.max(range.end, named.range.end),
    };
  } else parts.push(...describeWord(source, offset, word));
  for (const each of diagnostics) {
    if (each.range?.source !== source || each.range.start > offset || offset > each.range.end) continue;
    parts.push(explanation(each.code));
  }
  const texts = [...new Set(parts)];
  if (texts.length === 0) return undefined;
  return { contents: { kind: 'markdown', value: texts.join('\n\n---\n\n') }, range: lspRange(range) };
}

/** The word at an offset, with the characters that names of the spec and of PromQL are made of. */
function wordAt(source: SourceFile, offset: number): { source: SourceFile; start: number; end: number } {
  const { text } = source;
  const isWord = (at: number): boolean => /[\w:$]/.test(text[at] ?? '');
  let start = offset;
  let end = offset;
  while (start > 0 && isWord(start - 1)) start -= 1;
  while (end < text.length && isWord(end)) end += 1;
  // The colon behind a key is none of its letters.
  while (end > start && text[end - 1] === ':') end -= 1;
  return { source, start, end };
}

function explanation(code: string): string {
  if (!isDiagnosticCode(code)) return '';
  const { severity, title, explanation: text } = catalogueEntry(code);
  return `**${severity} ${code}**: ${title}\n\n${text.trim()}`;
}

function describeWord(source: SourceFile, offset: number, word: string): readonly string[] {
  const cursor = cursorAt(source.text, offset);
  if (cursor === undefined) return [];
  if (isDiagnosticCode(word) && cursor.path[0] === 'suppress') return [explanation(word)];
  if (isQueryAt(cursor.path)) {
    const signature = functionSignature(word);
    if (signature !== undefined) return [`\`\`\`\n${signature}\n\`\`\`\n\n${functionPage(word)}`];
    const duration = durationWords(word);
    return duration === undefined ? [] : [duration];
  }
  const tree = parseWithoutSecrets(source).value;
  if (tree === undefined) return [];
  // Behind the cursor the key goes on: the whole word is what is asked about.
  const path = cursor.at === 'key' ? [...cursor.path, keyAt(source, cursor.start)] : cursor.path;
  const node = schemaAt(plainValue(tree.root), path);
  const duration = cursor.at === 'value' ? durationWords(word) : undefined;
  const text = node === undefined ? '' : documentation(node);
  return [...(duration === undefined ? [] : [duration]), ...(text === '' ? [] : [text])];
}

function keyAt({ text }: SourceFile, start: number): string {
  return /^[\w.-]*/.exec(text.slice(start))?.[0] ?? '';
}

/** `90m` is 5,400 seconds. */
function durationWords(word: string): string | undefined {
  if (!/^[0-9]+(?:ms|[smhdwy])/.test(word)) return undefined;
  const seconds = parseDuration(word);
  return seconds === undefined ? undefined : `${word} is ${seconds.toLocaleString('en')} seconds`;
}

function describeName(model: Model, kind: Kind, name: string): string | undefined {
  switch (kind) {
    case 'metric': {
      const metric = model.metrics.get(name) ?? model.external.get(name);
      return metric && describeMetric(metric);
    }
    case 'label': {
      const label = model.labels.get(name);
      return label && describeLabel(model, label);
    }
    case 'span': {
      const span = model.spans.get(name);
      return span && describeSpan(span);
    }
    case 'event': {
      const event = model.logs.events.get(name);
      return event && `**${name}**: ${event.level} log line\n\n${event.message}`;
    }
    case 'sli': {
      const sli = model.slis.get(name);
      return sli && describeSli(model, sli);
    }
    case 'slo': {
      const slo = model.slos.get(name);
      return slo && describeSlo(slo);
    }
    case 'alert': {
      const alert = model.alerts.get(name);
      if (alert === undefined) return undefined;
      const pending = alert.for === undefined ? '' : ` after ${shown(alert.for)}`;
      return `**${name}**: ${alert.severity}${pending}\n\n${alert.summary.value}`;
    }
    case 'dashboard': {
      const dashboard = model.dashboards.get(name);
      return dashboard && `**${dashboard.title}**\n\n${dashboard.description ?? ''}`.trim();
    }
    case 'preset':
      return undefined;
  }
}

const shown = ({ text }: Duration): string => text;

function describeLabel(model: Model, label: Label): string {
  const metrics = [...model.metrics.values()].filter(({ labels }) => labels.includes(label));
  const on =
    metrics.length === 0 ? 'No metric has it' : `On ${metrics.map(({ name }) => `\`${name}\``).join(', ')}`;
  const wire = label.wire === label.key ? '' : `, \`${label.wire}\` on the wire`;
  return [`**${label.key}**${wire}: ${describeBound(label)}`, label.description, on].join('\n\n');
}

function describeSpan({ name, kind, description, attributes, record, outcome, children }: Span): string {
  const records = Object.entries(record).flatMap(([what, metric]) =>
    metric === undefined ? [] : [`- ${what}: \`${metric.name}\``],
  );
  const lines = [`**${name}**: ${kind} span`, description ?? ''];
  if (attributes.length > 0)
    lines.push(
      attributes
        .map(
          ({ name: key, type, sensitivity }) =>
            `- \`${key}\`: ${type}${sensitivity === 'none' ? '' : `, ${sensitivity}`}`,
        )
        .join('\n'),
    );
  if (records.length > 0) lines.push(`Records\n${records.join('\n')}`);
  if (outcome !== undefined)
    lines.push(`Outcome: \`${outcome.label.wire}\`, ok is \`${outcome.ok}\`, error is \`${outcome.error}\``);
  if (children.length > 0) lines.push(`Within it: ${children.map((child) => `\`${child}\``).join(', ')}`);
  return lines.filter((line) => line !== '').join('\n\n');
}

function describeSli(model: Model, sli: Sli): string {
  const slos = [...model.slos.values()].filter((slo) => slo.sli === sli);
  const used = slos.length === 0 ? 'No SLO uses it' : `Used by ${slos.map(({ name }) => name).join(', ')}`;
  return [
    `**${sli.name}**: SLI of the form ${sli.form}`,
    ...(sli.description === undefined ? [] : [sli.description]),
    used,
  ].join('\n\n');
}

function describeSlo(slo: Slo): string {
  const lines = [
    `**${slo.name}**: ${slo.objective}% of ${slo.sli.name} over ${shown(slo.period)}`,
    ...(slo.description === undefined ? [] : [slo.description]),
  ];
  const arms = burnRates(slo);
  if (arms.length > 0)
    lines.push(
      [
        '| alert | long | short | burn rate |',
        '|---|---|---|---|',
        ...arms.map((each) => `| ${each.join(' | ')} |`),
      ].join('\n'),
    );
  return lines.join('\n\n');
}

/** Rows of a table: which alert, its windows, and how many times too fast the budget may be spent. */
function burnRates(slo: Slo): readonly (readonly string[])[] {
  const { page, ticket } = slo.alerting;
  return arms(slo)
    .filter(({ severity }) => (severity === 'page' ? page : ticket))
    .map(({ severity, long, short, factor }) => [severity, shown(long), shown(short), String(factor)]);
}
