import { ts } from 'ts-morph';
import type { ShapeResult } from '../../edit.js';
import type { FileContext } from '../../file-context.js';
import { activeSpanRead, readsActiveSpan } from '../active-span.js';
import { existingSpan } from '../existing-span.js';
import { directiveOf } from '../functions/directive-of.js';
import { constructorBody } from './constructor.js';
import { decorator, isDecorated, takesDecorator } from './decorator.js';
import { memberKey, memberNameText } from './member-name.js';
import { isAccessor, isStatic, skipped, type ChosenMember, type MemberNode } from './member.js';
import { privateMethod } from './private-method.js';
import { memberCall, ownerText, staticBlock } from './static-block.js';

const {
  isConstructorDeclaration,
  isGetAccessorDeclaration,
  isMethodDeclaration,
  isPrivateIdentifier,
  isSetAccessorDeclaration,
} = ts;

/**
 * What the chosen members of a class get: one result for each, in their order. The static block stands in the first result that uses it.
 *
 * The inserted texts; `…` stands for what is recorded (`spans.x`, or `{ span: spans.x, count: [...] }`) and, where there are any, the
 * paths of the attributes; `;` only in files that have semicolons, except where everything is on one line.
 *
 * - `static block`: one line a member, an empty line behind the block, before the first line of the body that is not empty:
 *   `static {⏎` `traceMethod(…, this.prototype, 'run');⏎` `traceAccessor(…, this.prototype, 'get', 'size');⏎` `}⏎⏎`; `this` in place of
 *   `this.prototype` for static members, `Agent.prototype` and `Agent` in a class with decorators
 *   of the older kind. In a class whose body begins on the line of its brace: ` static { traceMethod(…); }`.
 * - `decorator`: `@traced(…)⏎` before the member's modifiers, behind its decorators; `@traced(…) ` where they share a line.
 * - `private getter`: `Untraced` behind the name of each declaration, and `⏎⏎get #run() {⏎return tracePrivate(…, '#run',
 *   this.#runUntraced);⏎}` at the end of the method's last line; ` get #run() { return …; }` where more follows on it.
 * - `constructor`: `const span = traceConstruction(…, { args: [a], this: this });⏎try {⏎` on the line behind `{` or `super();`, and
 *   `} catch (error) {⏎throw span.failed(error);⏎} finally {⏎span.end();⏎}⏎` before the closing brace's line; on one line ` const span =
 *   …; try {` and `} catch (error) { throw span.failed(error); } finally { span.end(); } `. `span2` where `span` is taken. Without
 *   statements: `traceConstruction(…).end();⏎`, on one line ` traceConstruction(…).end();`.
 */
export function editClass(
  node: ts.ClassLikeDeclaration,
  chosen: readonly ChosenMember[],
  context: FileContext,
): readonly ShapeResult[] {
  const last = lastOfEach(node, context.source);
  const planned = chosen.map((one) => plan(node, one, last, context));
  const calls = planned.flatMap((one) => ('call' in one ? [one.call] : []));
  let isPlaced = false;
  return planned.map((one) => {
    if (!('call' in one)) return one;
    const edits = isPlaced ? [] : [staticBlock(node, calls, context)];
    isPlaced = true;
    return { edits, form: 'static block' };
  });
}

type Plan = ShapeResult | { readonly call: string };

function plan(
  owner: ts.ClassLikeDeclaration,
  chosen: ChosenMember,
  last: ReadonlyMap<string, ts.Node>,
  context: FileContext,
): Plan {
  const { node } = chosen.candidate;
  const { source } = context;
  const existing = existingSpan(chosen.candidate, source);
  if (existing !== undefined)
    return skipped('OBS5100', `there is a span already: ${existing}`, undefined, node, source);
  const read = activeSpanRead(chosen.candidate, source);
  if (read !== undefined) return skipped('OBS5115', readsActiveSpan(read), undefined, node, source);
  const directive = directiveOf(node, source);
  if (directive !== undefined && directive !== 'use strict') {
    const message = `the body begins with \`${directive}\`: a compiler moves or rewrites the method`;
    return skipped('OBS5101', message, 'instrument a function that it calls', node, source);
  }
  if (isConstructorDeclaration(node)) return constructorBody(owner, chosen, context);
  const member = node as MemberNode;
  if (last.get(placeKey(member, source)) !== member) {
    const message = 'another member of the same name replaces it';
    return skipped('OBS5137', message, 'remove one of them', member, source);
  }
  if (isPrivateIdentifier(member.name)) return privateMember(owner, member, chosen, context);
  if (isMethodDeclaration(member) && takesDecorator(owner, member, chosen, context))
    return { edits: [decorator(chosen, context)], form: 'decorator' };
  const name = memberNameText(member.name, context);
  if (name === undefined) {
    const shown = member.name.getText(source).split('\n', 1)[0] ?? '';
    const help = 'give it a name, or a constant as its name';
    return skipped('OBS5130', `its name is worked out: ${shown}`, help, member, source);
  }
  const ownerName = ownerText(owner, context);
  if (ownerName !== undefined) return { call: memberCall(chosen, ownerName, name, context) };
  return skipped('OBS5138', 'its class has decorators and no name', 'give the class a name', member, source);
}

function privateMember(
  owner: ts.ClassLikeDeclaration,
  member: MemberNode,
  chosen: ChosenMember,
  context: FileContext,
): ShapeResult {
  if (isAccessor(member)) {
    const message = 'private accessors cannot be replaced';
    return skipped('OBS5131', message, 'trace a method that it calls', member, context.source);
  }
  if (
    isDecorated(member) ||
    (context.legacyDecorators === false && takesDecorator(owner, member, chosen, context))
  )
    return { edits: [decorator(chosen, context)], form: 'decorator' };
  return privateMethod(owner, chosen, context);
}

/** The member that a name ends up with: of methods with the same name the last one counts. */
function lastOfEach(node: ts.ClassLikeDeclaration, source: ts.SourceFile): ReadonlyMap<string, ts.Node> {
  const last = new Map<string, ts.Node>();
  for (const member of node.members) {
    if (isMethodDeclaration(member) && member.body !== undefined) last.set(placeKey(member, source), member);
    else if (isAccessor(member)) last.set(placeKey(member, source), member);
  }
  return last;
}

function placeKey(member: MemberNode, source: ts.SourceFile): string {
  const kind = isGetAccessorDeclaration(member) ? 'get' : isSetAccessorDeclaration(member) ? 'set' : '';
  return `${isStatic(member) ? 'static ' : ''}${kind} ${memberKey(member.name, source)}`;
}
