import { quoted, type FileContext } from './file-context.js';
import type { Insertion, PathEntries } from './insertion.js';

/**
 * The argument that says what is recorded: `spans.agentRun`, or an object where a rule records more than a span:
 * `{ span: spans.agentRun, count: [metrics.runsTotal, { agent: 'args.0.agent' }] }`.
 */
export function observedText(insertion: Insertion, context: FileContext): string {
  const { span, count, time, log } = insertion;
  const spanText = span === undefined ? undefined : `${context.use('spans')}.${span.member}`;
  if (spanText !== undefined && count === undefined && time === undefined && log === undefined)
    return spanText;
  const parts = [
    spanText === undefined ? [] : [`span: ${spanText}`],
    count === undefined
      ? []
      : [recorded('count', `${context.use('metrics')}.${count.metric.member}`, count.labels, context)],
    time === undefined
      ? []
      : [recorded('time', `${context.use('metrics')}.${time.metric.member}`, time.labels, context)],
    log === undefined
      ? []
      : [recorded('log', `${context.use('logs')}.${log.event.member}`, log.fields, context)],
  ];
  return `{ ${parts.flat().join(', ')} }`;
}

/** `{ agent: 'args.0.agent', 'task.length': 'args.0.text.length' }`; undefined where there is nothing to read. */
export function pathsText(entries: PathEntries, context: FileContext): string | undefined {
  if (entries.length === 0) return undefined;
  const members = entries.map(([name, path]) => `${keyText(name, context)}: ${quoted(context, path)}`);
  return `{ ${members.join(', ')} }`;
}

/** The arguments that every form begins with: what is recorded, then the attributes where there are any. */
export function recordedArguments(insertion: Insertion, context: FileContext): readonly string[] {
  let ofFile = written.get(context);
  if (ofFile === undefined) written.set(context, (ofFile = new Map<Insertion, readonly string[]>()));
  let found = ofFile.get(insertion);
  if (found === undefined) ofFile.set(insertion, (found = argumentTexts(insertion, context)));
  return found;
}

/** Most places of a file get the same. */
const written = new WeakMap<FileContext, Map<Insertion, readonly string[]>>();

function argumentTexts(insertion: Insertion, context: FileContext): readonly string[] {
  const attributes = pathsText(insertion.attributes, context);
  const observed = observedText(insertion, context);
  return attributes === undefined ? [observed] : [observed, attributes];
}

function recorded(key: string, helper: string, entries: PathEntries, context: FileContext): string {
  const paths = pathsText(entries, context);
  return `${key}: [${paths === undefined ? helper : `${helper}, ${paths}`}]`;
}

function keyText(name: string, context: FileContext): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(context, name);
}
