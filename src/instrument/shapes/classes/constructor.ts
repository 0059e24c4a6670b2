import type { ts } from 'ts-morph';
import { insert, type Edit, type ShapeResult } from '../../edit.js';
import type { FileContext } from '../../file-context.js';
import { recordedArguments } from '../../observed.js';
import { constructorRoots } from './constructor-roots.js';
import { identifiersIn, obstacleIn, superCallOf } from './constructor-scope.js';
import { indentationOf, nextLine, ownLine } from './lines.js';
import { skipped, type ChosenMember } from './member.js';

/**
 * The statements behind `super()` in a `try`: a function around them would lose `super`, definite assignment and `readonly`, and a
 * function around the constructor would change `this` and `new.target`.
 */
export function constructorBody(
  owner: ts.ClassLikeDeclaration,
  chosen: ChosenMember,
  context: FileContext,
): ShapeResult {
  const node = chosen.candidate.node as ts.ConstructorDeclaration;
  const { source, text } = context;
  const body = node.body as ts.Block;
  const superCall = superCallOf(owner, body);
  if (superCall === 'nested') {
    const message = 'the constructor calls `super()` inside of another statement, or not at all';
    return skipped('OBS5134', message, 'call it in a statement of its own', node, source);
  }
  const from = superCall === undefined ? 0 : body.statements.indexOf(superCall) + 1;
  const obstacle = obstacleIn(node, body, from);
  if (obstacle !== undefined) return skipped('OBS5135', obstacle, undefined, node, source);
  const after = superCall?.end ?? body.statements.pos;
  if (superCall !== undefined && text[after - 1] !== ';' && nextLine(text, after) === undefined) {
    const message = 'a statement would follow `super()` on its line without a semicolon between them';
    return skipped('OBS5136', message, 'put each statement on a line of its own', node, source);
  }
  const construction = constructionText(node, chosen, context);
  const edits =
    from === body.statements.length
      ? [alone(body, after, construction, context)]
      : around(node, body, after, construction, context);
  return { edits, form: 'constructor' };
}

/** `traceConstruction(spans.agentCreated, { model: 'args.0.model' }, { args: [config] })`. */
function constructionText(
  node: ts.ConstructorDeclaration,
  { insertion }: ChosenMember,
  context: FileContext,
): string {
  const roots = constructorRoots(insertion, node.parameters);
  const recorded = recordedArguments(insertion, context);
  // Behind attributes the roots are there in any case: that is how the two are told apart.
  const read = roots ?? (recorded.length > 1 ? '{}' : undefined);
  const given = read === undefined ? recorded : [...recorded, read];
  return `${context.use('traceConstruction')}(${given.join(', ')})`;
}

/** Nothing is left to run: the span begins and ends. */
function alone(body: ts.Block, after: number, construction: string, context: FileContext): Edit {
  const { text, newline, indent } = context;
  const place = nextLine(text, after);
  if (place === undefined) return insert(after, ` ${construction}.end();`, 'open', body);
  const isBrace = place.at + place.indentation.length === body.end - 1;
  const indentation = isBrace ? `${place.indentation}${indent}` : place.indentation;
  return insert(place.at, `${indentation}${construction}.end()${endOf(context)}${newline}`, 'open', body);
}

function around(
  node: ts.ConstructorDeclaration,
  body: ts.Block,
  after: number,
  construction: string,
  context: FileContext,
): readonly Edit[] {
  const { text, newline, indent } = context;
  const end = endOf(context);
  const span = freeName(node, text);
  const opened = `const ${span} = ${construction}`;
  const place = nextLine(text, after);
  const own = place?.indentation ?? indentationOf(text, body.end - 1) + indent;
  const open =
    place === undefined
      ? insert(after, ` ${opened}; try {`, 'open', body)
      : insert(place.at, `${own}${opened}${end}${newline}${own}try {${newline}`, 'open', body);
  const closing = ownLine(text, body.end - 1);
  if (closing === undefined) {
    const closed = `} catch (error) { throw ${span}.failed(error); } finally { ${span}.end(); } `;
    return [open, insert(body.end - 1, closed, 'close', body)];
  }
  const lines = [
    '} catch (error) {',
    `${indent}throw ${span}.failed(error)${end}`,
    '} finally {',
    `${indent}${span}.end()${end}`,
    '}',
  ].map((line) => `${own}${line}${newline}`);
  return [open, insert(closing.at, lines.join(''), 'close', body)];
}

/** A name for the span that nothing in the constructor has. */
function freeName(node: ts.ConstructorDeclaration, text: string): string {
  if (!text.slice(node.pos, node.end).includes('span')) return 'span';
  const taken = identifiersIn(node);
  let name = 'span';
  for (let count = 2; taken.has(name); count += 1) name = `span${count}`;
  return name;
}

function endOf({ semicolons }: FileContext): string {
  return semicolons ? ';' : '';
}
