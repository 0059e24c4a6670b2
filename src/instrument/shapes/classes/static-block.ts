import { ts } from 'ts-morph';
import { insert, type Edit } from '../../edit.js';
import { quoted, type FileContext } from '../../file-context.js';
import { recordedArguments } from '../../observed.js';
import { nextLine } from './lines.js';
import { isAccessor, isStatic, type ChosenMember, type MemberNode } from './member.js';

const { canHaveDecorators, getDecorators, isGetAccessorDeclaration } = ts;

/** `traceMethod(spans.researchRun, { agent: 'this.name' }, this.prototype, 'run')`: gives a member its traced form. */
export function memberCall(
  chosen: ChosenMember,
  owner: string,
  nameText: string,
  context: FileContext,
): string {
  const node = chosen.candidate.node as MemberNode;
  const target = isStatic(node) ? owner : `${owner}.prototype`;
  const recorded = recordedArguments(chosen.insertion, context);
  if (!isAccessor(node))
    return `${context.use('traceMethod')}(${[...recorded, target, nameText].join(', ')})`;
  const kind = quoted(context, isGetAccessorDeclaration(node) ? 'get' : 'set');
  return `${context.use('traceAccessor')}(${[...recorded, target, kind, nameText].join(', ')})`;
}

/**
 * What stands for the class in its block: `this`; its name where it has decorators of the older kind, since TypeScript makes `this`
 * undefined there for targets before ES2022. With standard ones the name may not be there yet. Undefined where the name is needed and the
 * class has none.
 */
export function ownerText(
  node: ts.ClassLikeDeclaration,
  { legacyDecorators }: FileContext,
): string | undefined {
  const isDecorated = canHaveDecorators(node) && getDecorators(node) !== undefined;
  return isDecorated && legacyDecorators === true ? node.name?.text : 'this';
}

/** The block that makes the calls, as the first member of the class. */
export function staticBlock(
  node: ts.ClassLikeDeclaration,
  calls: readonly string[],
  context: FileContext,
): Edit {
  const { text, newline, indent, semicolons } = context;
  // Members begin behind the brace.
  const open = node.members.pos;
  const place = nextLine(text, open);
  if (place === undefined)
    return insert(open, ` static { ${calls.map((call) => `${call};`).join(' ')} }`, 'open', node);
  const lines = ['static {', ...calls.map((call) => `${indent}${call}${semicolons ? ';' : ''}`), '}'].map(
    (line) => `${place.indentation}${line}${newline}`,
  );
  return insert(place.at, `${lines.join('')}${newline}`, 'open', node);
}
