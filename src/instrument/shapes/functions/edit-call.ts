import { ts } from 'ts-morph';
import type { CallCandidate } from '../../candidate.js';
import { insert, replace, type ShapeResult, type Skip } from '../../edit.js';
import { quoted, type FileContext } from '../../file-context.js';
import type { Chosen } from '../../insertion.js';
import { recordedArguments } from '../../observed.js';
import { existingSpan } from '../existing-span.js';
import { glueAt } from './line-ends.js';
import { skipped } from './skipped.js';

const {
  canHaveModifiers,
  isClassLike,
  isDecorator,
  isExpressionStatement,
  isIdentifier,
  isMetaProperty,
  isNewExpression,
  isObjectLiteralExpression,
  isOptionalChain,
  isPrivateIdentifier,
  isPropertyAccessExpression,
  isSourceFile,
} = ts;
const {
  ImportKeyword: importKeyword,
  PrivateKeyword: privateKeyword,
  ProtectedKeyword: protectedKeyword,
  SuperKeyword: superKeyword,
  ThisKeyword: thisKeyword,
} = ts.SyntaxKind;

/** Puts a span around a call, without moving its arguments: `traceMember(spans.llmChat, client.chat.completions, 'create')({ … })`. */
export function editCall({ candidate, insertion }: Chosen<CallCandidate>, context: FileContext): ShapeResult {
  const { node } = candidate;
  const { source, text } = context;
  if (isNewExpression(node))
    return skipped(node, source, 'OBS5111', '`new` cannot be recorded here', 'instrument the constructor');
  const existing = existingSpan(candidate, source);
  if (existing !== undefined) return skipped(node, source, 'OBS5100', `there is a span already: ${existing}`);
  const refusal = refusalOf(node, source);
  if (refusal !== undefined) return skipped(node, source, ...refusal);
  const callee = node.expression;
  const start = callee.getStart(source);
  if (isIdentifier(callee)) {
    const before = [...recordedArguments(insertion, context), quoted(context, callee.text), ''].join(', ');
    return {
      edits: [
        insert(start, `${context.use('traceFunction')}(${before}`, 'open', callee),
        insert(callee.end, ')', 'close', callee),
      ],
      form: 'wrapped member',
    };
  }
  const { expression: receiver, name } = callee as ts.PropertyAccessExpression;
  const dot = text.lastIndexOf('.', name.getStart(source));
  const before = [...recordedArguments(insertion, context), ''].join(', ');
  return {
    edits: [
      insert(start, `${glueAt(text, start)}${context.use('traceMember')}(${before}`, 'open', receiver),
      replace(dot, name.end, `, ${quoted(context, name.text)})`, callee),
    ],
    form: 'wrapped member',
  };
}

type Refusal = [code: Skip['code'], message: string, help?: string];

/** Why a call is left as it is. */
function refusalOf(node: ts.CallExpression, source: ts.SourceFile): Refusal | undefined {
  const callee = node.expression;
  if (isOptionalChain(node))
    return ['OBS5110', 'an optional chain has to be one expression', 'check for `undefined` before the call'];
  if (isDecorator(node.parent)) return ['OBS5111', 'a decorator cannot be called twice'];
  if (mayNarrow(node))
    return [
      'OBS5113',
      `\`${lastName(callee)}\` may assert something, or never return, which the compiler tells by its name`,
    ];
  if (isIdentifier(callee)) {
    const isSpecial = callee.text === 'require' || callee.text === 'eval';
    return isSpecial
      ? ['OBS5111', `\`${callee.text}\` means what it does only under its own name`]
      : undefined;
  }
  if (!isPropertyAccessExpression(callee)) return calleeRefusal(callee);
  const { expression: receiver, name } = callee;
  if (receiver.kind === superKeyword)
    return [
      'OBS5111',
      '`super` cannot be handed to another function',
      'instrument the method that is called',
    ];
  if (isPrivateIdentifier(name))
    return [
      'OBS5112',
      `\`${name.text}\` is private: only the class can call it`,
      'instrument the method itself',
    ];
  if (receiver.kind === thisKeyword) return ownMemberRefusal(node, name.text);
  if (receiver.kind === importKeyword || isMetaProperty(receiver))
    return ['OBS5111', '`import` cannot be handed to another function'];
  const between = source.text.slice(receiver.end, name.getStart(source)).trim();
  if (between !== '.') return ['OBS5111', 'there is a comment between the object and the method'];
  return undefined;
}

function calleeRefusal(callee: ts.Expression): Refusal {
  if (callee.kind === superKeyword)
    return [
      'OBS5111',
      '`super` cannot be handed to another function',
      'instrument the constructor that is called',
    ];
  if (callee.kind === importKeyword) return ['OBS5111', '`import` cannot be handed to another function'];
  return ['OBS5111', 'what is called has no plain name', 'give it one, or instrument the function itself'];
}

/** Members that a type hides from others cannot be named in an argument. */
function ownMemberRefusal(node: ts.CallExpression, name: string): Refusal | undefined {
  const found = memberOf(node, name);
  const hidden: Refusal = [
    'OBS5112',
    `\`this.${name}\` may be hidden by its class`,
    'instrument the method itself',
  ];
  if (found === undefined) return hidden;
  const isHidden =
    canHaveModifiers(found) &&
    ts.getModifiers(found)?.some(({ kind }) => kind === privateKeyword || kind === protectedKeyword) === true;
  return isHidden ? hidden : undefined;
}

function memberOf(node: ts.Node, name: string): ts.ClassElement | ts.ObjectLiteralElement | undefined {
  let each: ts.Node = node;
  while (!isClassLike(each) && !isObjectLiteralExpression(each)) {
    if (isSourceFile(each)) return undefined;
    each = each.parent;
  }
  const members: readonly (ts.ClassElement | ts.ObjectLiteralElement)[] = isClassLike(each)
    ? each.members
    : each.properties;
  return members.find(
    (member) => member.name !== undefined && isIdentifier(member.name) && member.name.text === name,
  );
}

/** A call that is a statement of its own may end the flow or narrow its arguments, which only a callee with a name can. */
function mayNarrow(node: ts.CallExpression): boolean {
  return isExpressionStatement(node.parent) && mayNotReturn(node);
}

const guards = /^(?:assert|invariant|exit|fail|abort|panic|unreachable|never|ensure|expect|throw|raise)/i;

/** Whether a call is named like one that asserts something or never returns. */
export function mayNotReturn({ expression }: ts.CallExpression): boolean {
  const names = nameParts(expression);
  return guards.test(names[0] ?? '') || guards.test(names.at(-1) ?? '');
}

function lastName(callee: ts.Expression): string {
  return nameParts(callee).at(-1) ?? '';
}

function nameParts(callee: ts.Expression): readonly string[] {
  if (isIdentifier(callee)) return [callee.text];
  if (!isPropertyAccessExpression(callee)) return [];
  return [...nameParts(callee.expression), callee.name.text];
}
