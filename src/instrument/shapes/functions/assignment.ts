import { ts } from 'ts-morph';
import { insert, type Edit, type ShapeResult } from '../../edit.js';
import { importPlace } from '../../file/import-place.js';
import { quoted, type FileContext } from '../../file-context.js';
import type { Insertion } from '../../insertion.js';
import { recordedArguments } from '../../observed.js';
import { isUsedBefore } from './early-use.js';
import { continuesBelow, indentationAt, placeBelow } from './line-ends.js';

const { isBlock, isExpressionStatement, isFunctionLike, isModuleBlock, isSourceFile, isStringLiteral } = ts;
const { AsteriskToken: asteriskToken, FunctionKeyword: functionKeyword } = ts.SyntaxKind;

const reason = '// @ts-expect-error: a function is given its traced form';

/** A block that a function is declared in, where a statement can stand next to it. */
type Holder = ts.SourceFile | ts.Block | ts.ModuleBlock;

/** The statements around a declaration; undefined: there is no place for a line, as in `if (a) function f() {}` and in a switch clause. */
export function holderOf(declaration: ts.FunctionDeclaration): Holder | undefined {
  const { parent } = declaration;
  return isSourceFile(parent) || isBlock(parent) || isModuleBlock(parent) ? parent : undefined;
}

/** Gives a declared function its traced form by a line below it, or on top of the block where the code before it may call it. */
export function assignment(
  declaration: ts.FunctionDeclaration,
  holder: Holder,
  insertion: Insertion,
  context: FileContext,
): ShapeResult {
  const edits: Edit[] = [];
  let local = declaration.name?.text;
  if (local === undefined) {
    local = freeName(context.text);
    edits.push(naming(declaration, local, context.source));
  }
  const runtimeName = declaration.name?.text ?? 'default';
  const call = [...recordedArguments(insertion, context), quoted(context, runtimeName), local].join(', ');
  const line = (indentation: string): string => assignmentText(local, call, indentation, context);
  edits.push(
    isEarly(declaration, local, holder, context)
      ? onTop(declaration, holder, line, context)
      : below(declaration, line, context),
  );
  return { edits, form: 'assignment' };
}

/**
 * A cast on the left side is what the compiler takes for a function. Where it writes CommonJS, it hands only what is assigned without
 * one to those who import the function.
 */
function assignmentText(local: string, call: string, indentation: string, context: FileContext): string {
  const value = `${context.use('traceFunction')}(${call})`;
  if (!context.isTyped) {
    const isChecked = context.text.includes('@ts-check');
    return isChecked ? `${reason}${context.newline}${indentation}${local} = ${value}` : `${local} = ${value}`;
  }
  if (context.isCommonJs) return `${reason}${context.newline}${indentation}${local} = ${value}`;
  return `${context.semicolons ? '' : ';'}(${local} as unknown) = ${value}`;
}

function below(
  declaration: ts.FunctionDeclaration,
  line: (indentation: string) => string,
  context: FileContext,
): Edit {
  const { text, newline } = context;
  const at = placeBelow(text, declaration.end);
  const indentation = indentationAt(text, declaration.getStart(context.source));
  const end = statementEnd(at, context);
  return insert(at, `${newline}${indentation}${line(indentation)}${end}`, 'close', declaration);
}

/** A line that belongs to all of its block: what opens in it at the same place comes behind. */
function onTop(
  declaration: ts.FunctionDeclaration,
  holder: Holder,
  line: (indentation: string) => string,
  context: FileContext,
): Edit {
  const { text, newline } = context;
  if (isSourceFile(holder)) {
    const place = importPlace(holder, !context.isCommonJs);
    if (place.kind === 'first') return insert(place.at, `${line('')};${newline}`, 'open', holder);
    const before = place.kind === 'inline' ? ' ' : newline;
    return insert(place.at, `${before}${line('')}${statementEnd(place.at, context)}`, 'open', holder);
  }
  const first = holder.statements[0] ?? declaration;
  const start = directivesEnd(holder);
  const at = placeBelow(text, start);
  const indentation = indentationAt(text, first.getStart(context.source));
  const begin = text[start - 1] === '{' || text[start - 1] === ';' || !context.isTyped ? '' : ';';
  const own = line(indentation);
  const guarded = own.startsWith('(') ? `${begin}${own}` : own;
  return insert(at, `${newline}${indentation}${guarded}${statementEnd(at, context)}`, 'open', holder);
}

/** Where the directives of a block end, or its brace stands. */
function directivesEnd(holder: ts.Block | ts.ModuleBlock): number {
  let end = holder.statements.pos;
  for (const statement of holder.statements) {
    if (!isExpressionStatement(statement) || !isStringLiteral(statement.expression)) break;
    end = statement.end;
  }
  return end;
}

/** A semicolon where the file has them, where code follows on the line, and where the next line would go on with the call. */
function statementEnd(at: number, { text, semicolons }: FileContext): string {
  const next = text[at];
  const isLineEnd = next === undefined || next === '\n' || next === '\r';
  return semicolons || !isLineEnd || continuesBelow(text, at) ? ';' : '';
}

/** In scripts a function in a block is also a variable outside, which takes its value where the declaration stands. */
function isEarly(
  declaration: ts.FunctionDeclaration,
  local: string,
  holder: Holder,
  context: FileContext,
): boolean {
  const isNested = isBlock(holder) && !isFunctionLike(holder.parent);
  return (isNested && !context.isTyped) || isUsedBefore(declaration, local, holder.statements);
}

/** `export default function () {}` is given a name, so that it can be assigned to. */
function naming(declaration: ts.FunctionDeclaration, name: string, source: ts.SourceFile): Edit {
  const token = declaration
    .getChildren(source)
    .filter(({ kind }) => kind === functionKeyword || kind === asteriskToken)
    .at(-1);
  return insert(token?.end ?? declaration.end, ` ${name}`, 'open', declaration);
}

function freeName(text: string): string {
  let name = 'defaultFunction';
  while (text.includes(name)) name = `_${name}`;
  return name;
}
