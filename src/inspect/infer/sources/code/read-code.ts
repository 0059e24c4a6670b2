import { ts } from 'ts-morph';
import { addValue, labelOf, type Evidence, type SeenMetric } from '../../evidence.js';
import type { TextFile } from '../rules.js';
import { Constants, type CodeFile } from './constants.js';
import { readDefinitions } from './definitions.js';
import { readInstruments } from './otel.js';
import { readSpans } from './spans.js';
import { readUses } from './uses.js';

function parsed({ path, text }: TextFile): CodeFile {
  return { path, source: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kindOf(path)) };
}

function kindOf(path: string): ts.ScriptKind {
  if (/\.[cm]?ts$/.test(path)) return ts.ScriptKind.TS;
  if (path.endsWith('.tsx')) return ts.ScriptKind.TSX;
  return path.endsWith('.jsx') ? ts.ScriptKind.JSX : ts.ScriptKind.JS;
}

/** Words without which a file neither defines nor records nor opens anything, and is not worth parsing. */
const relevant =
  /Counter|Gauge|Histogram|Summary|counter|gauge|histogram|\.(?:inc|dec|observe|startTimer|labels|record|add|set)\(|startActiveSpan|startSpan|setDefaultLabels|collectDefaultMetrics|\benum\b|\bconst\b/;

function copyInto(metric: SeenMetric, from: SeenMetric): void {
  if (metric.type === 'unknown') {
    metric.type = from.type;
    metric.typeGuess = from.typeGuess;
  }
  metric.help ??= from.help;
  metric.buckets ??= from.buckets;
  metric.aggregate ??= from.aggregate;
  metric.sightings.push(...from.sightings);
  for (const [name, label] of from.labels) {
    const own = labelOf(metric, name);
    own.literalCalls += label.literalCalls;
    own.openCalls += label.openCalls;
    for (const value of label.values.keys()) addValue(own, value, 0);
    for (const value of label.literals) own.literals.add(value);
  }
}

/** Gives what the code says of names that are made at run time to the metrics of the pages with such names. */
function settleNames(evidence: Evidence): void {
  for (const { pattern, metric } of evidence.namePatterns) {
    const matching = [...evidence.metrics.values()].filter(
      (each) => pattern.test(each.name) && (each.type === metric.type || each.type === 'unknown'),
    );
    for (const each of matching) copyInto(each, metric);
    if (matching.length === 0) {
      const where = metric.sightings[0]?.where;
      const message = 'a part of its name is made at run time, and no page that was read has such a name';
      evidence.note('left out', `metrics.${metric.name}`, message, where);
    }
  }
}

/**
 * Reads TypeScript and JavaScript: metrics of prom-client, @prometheus-io/client and OpenTelemetry, what is recorded into them, and
 * spans. Pages have to be read before, so that names which code makes at run time can be told.
 */
export function readCode(evidence: Evidence, files: readonly TextFile[]): void {
  const read = files.filter(({ text }) => relevant.test(text)).map(parsed);
  const constants = new Constants(read);
  const definitions = read.flatMap((file) => [
    ...readDefinitions(evidence, constants, file),
    ...readInstruments(evidence, constants, file),
  ]);
  readUses(constants, read, definitions);
  for (const file of read) readSpans(evidence, constants, file);
  settleNames(evidence);
}
