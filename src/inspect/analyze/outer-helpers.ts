import { ts } from 'ts-morph';
import type { FunctionCandidate } from '../../instrument/candidate.js';
import { outermost } from '../../instrument/find/names.js';
import { existingSpan } from '../../instrument/shapes/existing-span.js';
import type { Signal } from './facts.js';
import { observedBy, type CallPlace, type Helpers } from './read-call.js';
import { outerHelpers } from './telemetry-of.js';
import type { Unit } from './unit.js';

/** The calls among those of a file that the codemod puts around functions from outside; most files have none. */
export function outerCallsOf(
  calls: readonly CallPlace[],
  isGenerated: (specifier: string) => boolean,
): readonly CallPlace[] {
  return calls.filter(({ text, unit }) => {
    const origin = unit.scope.get(text);
    return origin !== undefined && outerHelpers.has(origin.imported) && isGenerated(origin.module);
  });
}

/** The name that `traceFunction(spans.x, 'ask', async () => …)` keeps for what it is given. */
export function tracedName(node: ts.Node): string | undefined {
  const { parent } = outermost(node);
  if (!ts.isCallExpression(parent) || !ts.isIdentifier(parent.expression) || parent.arguments.at(-1) !== node)
    return undefined;
  if (parent.expression.text !== 'traceFunction') return undefined;
  return parent.arguments.find((each) => ts.isStringLiteralLike(each))?.text;
}

/** Spans that are there already: in the function, around it, and those that the codemod put around it from outside. */
export function noteSpan(
  candidate: FunctionCandidate,
  unit: Unit,
  outer: readonly CallPlace[],
  source: ts.SourceFile,
  helpers: Helpers,
): void {
  const span = existingSpan(candidate, source);
  if (span !== undefined) unit.note('tracing', span.replaceAll('`', ''));
  const around = tracedFrom(candidate, outer, helpers);
  if (around !== undefined) for (const signal of around.signals) unit.note(signal, around.by);
}

/** `traceFunction(spans.x, 'f', f)` behind a declaration, and `traceMethod(spans.x, this.prototype, 'run')` in a class. */
function tracedFrom(
  { kind, name, node, classNode }: FunctionCandidate,
  outer: readonly CallPlace[],
  helpers: Helpers,
): { readonly by: string; readonly signals: readonly Signal[] } | undefined {
  for (const call of outer) {
    const given = (call.node as ts.CallExpression).arguments;
    const last = given.at(-1);
    const isMeant =
      classNode === undefined
        ? last !== undefined &&
          (last === outermost(node) ||
            last === node ||
            (kind === 'function' && ts.isIdentifier(last) && last.text === name))
        : isMember(call.node, classNode) &&
          given.some((each) => ts.isStringLiteralLike(each) && each.text === name);
    if (isMeant) return { by: call.text, signals: observedBy(given[0], helpers) };
  }
  return undefined;
}

function isMember(node: ts.Node, classNode: ts.Node): boolean {
  for (let each = node.parent; !ts.isSourceFile(each); each = each.parent)
    if (each === classNode) return true;
  return false;
}
