import { ts } from 'ts-morph';
import { existingSpan } from '../../instrument/shapes/existing-span.js';
import { activities, type Activity, type Signal } from './facts.js';
import { isRelative, originOf, type Origin } from './names-in-file.js';
import { counts, groupsOf } from './packages.js';
import { globalOf, shapeOf } from './shapes.js';
import { isHelper, outerHelpers, signalsOf, spanMember } from './telemetry-of.js';
import type { Unit } from './unit.js';

/** A call with the function that it stands in. */
export interface CallPlace {
  /** The callee as written. */
  readonly text: string;
  readonly isNew: boolean;
  readonly node: ts.CallExpression | ts.NewExpression;
  readonly line: number;
  readonly unit: Unit;
}

/** What the spec says of its spans. */
export interface Helpers {
  /** Members of `spans` whose span records metrics. */
  readonly recordingSpans: ReadonlySet<string>;
}

const isActivity = (does: string): does is Activity => (activities as readonly string[]).includes(does);

/** Says what one call is: an activity, telemetry, or the use of another function of the tree. */
export function readCall(
  call: CallPlace,
  own: ReadonlySet<string>,
  isGenerated: (specifier: string) => boolean,
  helpers: Helpers,
): void {
  const { text, isNew, unit } = call;
  const known = originOf(text, unit.scope);
  if (known !== undefined && isHelper(known.origin.imported) && isGenerated(known.origin.module)) {
    noteHelper(call, known.origin, known.rest, helpers);
    return;
  }
  if (known !== undefined && !isRelative(known.origin.module)) {
    const does = ofPackage(known.origin, known.rest, isNew);
    if (does !== undefined) {
      note(call, does, known.origin.module);
      return;
    }
    // Of a package that is known, and no call that counts: the shape would only guess.
    if (groupsOf(known.origin.module).length > 0) return;
  }
  const use = useOf(call, known);
  // A function of the tree is looked into instead of guessed at.
  const isOwn = (known !== undefined && use?.on === 'name') || own.has(text);
  const does = isOwn
    ? undefined
    : ((known === undefined ? globalOf(isNew ? `new ${text}` : text) : undefined) ??
      (isNew ? undefined : shapeOf(text.replaceAll('()', '').split('.'))));
  if (does !== undefined) note(call, does, undefined);
  if (use !== undefined) unit.uses.push(use);
}

/** What a call of a package does; only the first call of a chain counts: `db.select().from(x)` is one query. */
function ofPackage(
  { module, imported }: Origin,
  rest: string,
  isNew: boolean,
): Activity | Signal | undefined {
  if (rest.includes('()') || rest.startsWith('()')) return undefined;
  const named = imported === '*' || imported === 'default' ? 'default' : imported;
  const last = rest === '' ? named : rest.slice(rest.lastIndexOf('.') + 1);
  for (const group of groupsOf(module)) {
    // Making a client is no call; starting a worker or a socket is.
    if (isNew && (group.calls === undefined || !group.calls.has(last))) continue;
    if (isNew && last === 'default') continue;
    if (counts(group, last)) return group.does;
  }
  return undefined;
}

function note(
  { text, isNew, line, unit, node }: CallPlace,
  does: Activity | Signal,
  module: string | undefined,
): void {
  const callee = isNew ? `new ${text}` : text;
  if (!isActivity(does)) {
    unit.note(does, callee);
    return;
  }
  const isTraced =
    ts.isCallExpression(node) &&
    existingSpan({ kind: 'call', node, name: text, className: undefined, isExported: false }) !== undefined;
  unit.operations.push({ activity: does, callee, line, module, isTraced });
  if (isListening(does, text, isNew)) unit.unattended.push(line);
}

/** What waits for work from a queue goes on by itself. */
function isListening(does: Activity, text: string, isNew: boolean): boolean {
  if (does !== 'queue') return false;
  return isNew || /(?:^|\.)(?:consume|process|work|subscribe|run)$/.test(text);
}

function noteHelper(
  { text, unit, node }: CallPlace,
  { imported }: Origin,
  rest: string,
  helpers: Helpers,
): void {
  for (const signal of signalsOf(imported, rest)) unit.note(signal, text);
  // Those that stand outside of what they are for are told of by it.
  if (imported.startsWith('trace') && imported !== 'traced' && !outerHelpers.has(imported))
    for (const signal of observedBy(node.arguments?.[0], helpers)) unit.note(signal, text);
  const member = spanMember(imported, rest);
  if (member !== undefined && helpers.recordingSpans.has(member)) unit.note('metrics', text);
}

function useOf(
  { text, isNew, line }: CallPlace,
  known: ReturnType<typeof originOf>,
): Unit['uses'][number] | undefined {
  if (isNew) return undefined;
  if (known !== undefined) {
    const { origin, rest } = known;
    if (!isRelative(origin.module) || rest.includes('()')) return undefined;
    const name = origin.imported === '*' ? (rest.split('.')[0] ?? '') : origin.imported;
    if (rest === '' || (origin.imported === '*' && !rest.includes('.')))
      return { from: origin.module, name, on: 'name', callee: text, line };
    return { from: origin.module, name, on: 'object', callee: text, line };
  }
  const parts = text.split('.');
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return { from: undefined, name: text, on: 'name', callee: text, line };
  return {
    from: undefined,
    name: last,
    on: parts.length === 2 && parts[0] === 'this' ? 'this' : 'object',
    callee: text,
    line,
  };
}

/** What the codemod's helpers are given: `spans.x`, or `{ span: spans.x, count: [...], log: [...] }`. */
export function observedBy(given: ts.Expression | undefined, helpers: Helpers): readonly Signal[] {
  if (given === undefined) return [];
  if (ts.isPropertyAccessExpression(given))
    return helpers.recordingSpans.has(given.name.text) ? ['tracing', 'metrics'] : ['tracing'];
  if (!ts.isObjectLiteralExpression(given)) return ['tracing'];
  return given.properties.flatMap((property): readonly Signal[] => {
    if (!ts.isPropertyAssignment(property) || !ts.isIdentifier(property.name)) return [];
    switch (property.name.text) {
      case 'span':
        return observedBy(property.initializer, helpers);
      case 'count':
      case 'time':
        return ['metrics'];
      case 'log':
        return ['logging'];
      default:
        return [];
    }
  });
}
