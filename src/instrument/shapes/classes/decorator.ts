import { ts } from 'ts-morph';
import { insert, type Edit } from '../../edit.js';
import type { FileContext } from '../../file-context.js';
import { recordedArguments } from '../../observed.js';
import { ownLine } from './lines.js';
import { isStatic, type ChosenMember } from './member.js';

const {
  isClassDeclaration,
  isClassStaticBlockDeclaration,
  isDecorator,
  isPrivateIdentifier,
  isPropertyDeclaration,
} = ts;

/** Whether a member has decorators. */
export function isDecorated(node: ts.MethodDeclaration): boolean {
  return node.modifiers?.some(isDecorator) === true;
}

/**
 * Whether a method gets a decorator. One that has some gets one more, whatever the style: standard decorators run before a static block,
 * and what they have registered would not be what runs. JavaScript has none, unless a compiler gives it some.
 */
export function takesDecorator(
  owner: ts.ClassLikeDeclaration,
  member: ts.MethodDeclaration,
  { insertion }: ChosenMember,
  context: FileContext,
): boolean {
  if (isDecorated(member)) return true;
  // The older decorators are for declarations alone, and compilers that do away with decorators lose the names of other classes.
  if (!isClassDeclaration(owner)) return false;
  return insertion.style === 'decorator' && context.isTyped && !changesMore(owner, member, context);
}

/**
 * What the first decorator of a class does beside its work. With `emitDecoratorMetadata` it brings the types of parameters into the
 * program, imports that were not there. A standard one makes TypeScript assign the first field, which may have none of its own: a value
 * that the parent class has given it is gone. And a class that has frozen itself can no longer be decorated.
 */
function changesMore(
  { members }: ts.ClassLikeDeclaration,
  member: ts.MethodDeclaration,
  { emitsDecoratorMetadata, legacyDecorators }: FileContext,
): boolean {
  if (emitsDecoratorMetadata === true || members.some(isClassStaticBlockDeclaration)) return true;
  if (legacyDecorators === true) return false;
  const first = members.find(
    (one): one is ts.PropertyDeclaration => isPropertyDeclaration(one) && isStatic(one) === isStatic(member),
  );
  return first !== undefined && first.initializer === undefined && !isPrivateIdentifier(first.name);
}

/**
 * `@traced(spans.researchRun, { agent: 'this.name' })` before the modifiers and the name, behind the decorators that are there: those
 * are handed the traced method, and what they register is what runs.
 */
export function decorator(chosen: ChosenMember, context: FileContext): Edit {
  const node = chosen.candidate.node as ts.MethodDeclaration;
  const { source, text, newline } = context;
  const last = node.modifiers?.findLast(isDecorator);
  const at = last === undefined ? node.getStart(source) : startAfter(node, last, source);
  const call = `@${context.use('traced')}(${recordedArguments(chosen.insertion, context).join(', ')})`;
  const place = ownLine(text, at);
  return insert(at, place === undefined ? `${call} ` : `${call}${newline}${place.indentation}`, 'open', node);
}

/** The first token behind a decorator: a modifier, the asterisk, the name. */
function startAfter(node: ts.MethodDeclaration, last: ts.Decorator, source: ts.SourceFile): number {
  const modifier = node.modifiers?.find((one) => one.pos >= last.end);
  return (modifier ?? node.asteriskToken ?? node.name).getStart(source);
}
