import { LineCounter, isMap, isSeq, parseAllDocuments, type Node } from 'yaml';
import type { Evidence } from '../evidence.js';

/** A file as it was read. */
export interface TextFile {
  /** As people know it. */
  readonly path: string;
  readonly text: string;
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function wordOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function wordsOf(value: unknown): ReadonlyMap<string, string> {
  const words = Object.entries(fieldsOf(value)).flatMap(([key, each]): [string, string][] => {
    const word = wordOf(each);
    return word === undefined ? [] : [[key, word]];
  });
  return new Map(words);
}

/** The node below some keys. */
function below(node: unknown, ...keys: readonly string[]): unknown {
  let found = node;
  for (const key of keys) found = isMap(found) ? found.get(key, true) : undefined;
  return found;
}

function itemsOf(node: unknown): readonly Node[] {
  return isSeq(node) ? (node.items as Node[]).filter((item) => isMap(item)) : [];
}

function readRule(evidence: Evidence, rule: Fields, where: string): void {
  const expr = wordOf(rule['expr']);
  const [alert, record] = [wordOf(rule['alert']), wordOf(rule['record'])];
  const name = alert ?? record ?? 'a rule without a name';
  if (expr === undefined || (alert === undefined && record === undefined)) {
    evidence.note('left out', `alerts.${name}`, 'the rule has no expr, or neither alert nor record', where);
  } else if (alert !== undefined) {
    evidence.alerts.push({
      name: alert,
      expr: expr.trim(),
      for: wordOf(rule['for']),
      keepFiringFor: wordOf(rule['keep_firing_for']),
      labels: wordsOf(rule['labels']),
      annotations: wordsOf(rule['annotations']),
      where,
    });
  } else if (record !== undefined) {
    const isExact = wordsOf(rule['labels']).size === 0 && !evidence.records.has(record);
    evidence.records.set(record, { name: record, expr: expr.trim(), isExact, where });
  }
}

/** Reads a rule file of Prometheus, or PrometheusRule objects of Kubernetes, several in a file. */
export function readRules(evidence: Evidence, { path, text }: TextFile): void {
  const counter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: counter, logLevel: 'silent' });
  for (const document of Array.isArray(documents) ? documents : []) {
    const [fault] = document.errors;
    if (fault !== undefined) {
      const { line } = counter.linePos(fault.pos[0]);
      evidence.note(
        'left out',
        'the rules',
        `no YAML: ${fault.message.split(/ at line \d+|\n/)[0] ?? ''}`,
        `${path}:${line}`,
      );
      continue;
    }
    if (document.contents === null) continue;
    const root = document.contents;
    const groups = below(root, 'groups') ?? below(root, 'spec', 'groups');
    if (!isSeq(groups)) {
      evidence.note('left out', 'the rules', 'there are no groups of rules in it', path);
      continue;
    }
    for (const group of itemsOf(groups)) {
      for (const rule of itemsOf(below(group, 'rules'))) {
        const { line } = counter.linePos(rule.range?.[0] ?? 0);
        readRule(evidence, fieldsOf(rule.toJS(document)), `${path}:${line}`);
      }
    }
  }
}
