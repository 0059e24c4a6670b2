import { ts } from 'ts-morph';
import { cut, type Cut, type Reading } from './cut.js';

/**
 * Takes back the step that a formatter has indented the lines of a block by, since it was put into another one.
 * @param outer what the block stands in, whose own line says how far it was indented
 * @param inner where the lines were indented to: the first statement of the block, or the block's own statement
 */
export function dedented(block: ts.Block, outer: number, inner: number, { text }: Reading): readonly Cut[] {
  const own = lineIndentation(text, outer);
  const moved = lineIndentation(text, inner);
  if (!moved.startsWith(own) || moved === own) return [];
  const step = moved.slice(own.length);
  const cuts: Cut[] = [];
  const fixed = fixedStretches(block);
  for (
    let at = text.indexOf('\n', block.pos) + 1;
    at > 0 && at < block.end;
    at = text.indexOf('\n', at) + 1
  ) {
    const start = at + own.length;
    if (!text.startsWith(own + step, at) || fixed.some(([from, to]) => at > from && at < to)) continue;
    cuts.push(cut({ start, end: start + step.length }));
  }
  return cuts;
}

/** Templates, whose line starts are part of the text that they make. */
function fixedStretches(block: ts.Block): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateLiteralToken(node)) found.push([node.getStart(), node.end]);
    else ts.forEachChild(node, visit);
  };
  visit(block);
  return found;
}

/** The white space that the line of an offset begins with. */
function lineIndentation(text: string, at: number): string {
  const start = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
  let end = start;
  while (text[end] === ' ' || text[end] === '\t') end += 1;
  return text.slice(start, end);
}
