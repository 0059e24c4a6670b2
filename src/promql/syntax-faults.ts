import type { SyntaxNode } from '@lezer/common';
import type { Position } from './ast.js';
import { suggestedDuration } from './written-duration.js';
import type { Fault } from './fault.js';
import type { Scan } from './scan.js';

/** Operators of other languages, and what PromQL writes. */
const otherWords: ReadonlyMap<string, string> = new Map([
  ['&&', 'and'],
  ['||', 'or'],
  ['!', 'unless'],
  ['=', '=='],
  ['<>', '!='],
  ['=>', '>='],
  ['=<', '<='],
  ['AND', 'and'],
  ['&', 'and'],
  ['|', 'or'],
]);

interface Description {
  readonly at?: Position;
  readonly message: string;
  readonly help?: string | undefined;
  readonly replacement?: string | undefined;
}

function namesOf(node: SyntaxNode | null): string {
  return node?.name ?? '';
}

function describeMatcher(text: string, node: SyntaxNode, parent: SyntaxNode): Description {
  const name = parent.getChild('LabelName') ?? parent.getChild('QuotedLabelName');
  const label = name === null ? '' : text.slice(name.from, name.to);
  if (parent.getChild('MatchOp') === null) {
    return {
      message: `the label \`${label}\` is compared with nothing`,
      help: `write ${label}="value"`,
    };
  }
  if (node.from === node.to) {
    return { message: `the value of the label \`${label}\` is missing`, help: `write ${label}="value"` };
  }
  const found = text.slice(node.from, node.to);
  return { message: `unexpected \`${found}\` where the value of the label \`${label}\` is expected` };
}

/** A place at which something is missing. */
function describeGap(text: string, node: SyntaxNode, parent: SyntaxNode): Description {
  const before = node.prevSibling;
  if (/Duration/.test(parent.name) || parent.name === 'SubqueryExpr' || parent.name === 'MatrixSelector') {
    return { message: 'a duration is missing here', help: 'write for example 5m' };
  }
  switch (parent.name) {
    case 'BinaryExpr': {
      if (before !== null && /^[A-Z]/.test(before.name) && node.nextSibling === null) {
        return { message: `nothing stands behind \`${text.slice(before.from, before.to)}\`` };
      }
      return { message: 'an operator is missing between two expressions' };
    }
    case 'UnaryExpr':
      return { message: 'nothing stands behind the sign' };
    case 'LabelMatchers':
      return { message: 'a comma is missing between two matchers', help: 'write {a="x", b="y"}' };
    case 'AggregateModifier':
    case 'MatchingModifierClause': {
      const word = before === null ? 'by' : text.slice(before.from, before.to);
      return { message: `\`${word}\` needs labels in parentheses`, help: `write ${word} (label)` };
    }
    case 'GroupingLabels':
      return { message: 'the name of a label is missing' };
    case 'FunctionCallBody':
    case 'ParenExpr':
      return { message: 'an expression is missing here' };
    case 'AggregateExpr':
      return {
        message: `\`${text.slice(parent.from, parent.firstChild?.to ?? parent.to)}\` needs an expression in parentheses`,
      };
    default:
      return text.trim() === ''
        ? { message: 'the query is empty' }
        : {
            message:
              node.from >= text.trimEnd().length ? 'the query ends too early' : 'something is missing here',
          };
  }
}

/** Text that cannot stand where it stands. */
function describeExcess(text: string, node: SyntaxNode, parent: SyntaxNode): Description {
  const found = text.slice(node.from, node.to);
  // The grammar reads the second half of `=>` as an operator of its own.
  const swapped =
    found === '=' && /^[<>]/.test(text.slice(node.to)) ? text.slice(node.from, node.to + 1) : '';
  if (swapped !== '') {
    const replacement = otherWords.get(swapped);
    return {
      at: { from: node.from, to: node.to + 1 },
      message: `\`${swapped}\` is no operator of PromQL`,
      help: `write \`${replacement ?? ''}\``,
      replacement,
    };
  }
  const instead = otherWords.get(found);
  if (instead !== undefined) {
    return {
      message: `\`${found}\` is no operator of PromQL`,
      help: `write \`${instead}\``,
      replacement: instead,
    };
  }
  if (parent.name === 'GroupingLabels') {
    return {
      message: `unexpected \`${found}\` in a list of labels`,
      help: 'labels are separated by commas: (a, b)',
    };
  }
  if (/Duration/.test(parent.name) || parent.name === 'MatrixSelector' || parent.name === 'SubqueryExpr') {
    const start = /\d[\w.]*$/.exec(text.slice(0, node.from))?.index ?? node.from;
    const written = text.slice(start, node.to);
    const meant = suggestedDuration(written);
    // A duration where none can stand, such as one within parentheses.
    if (meant === written) return { message: `unexpected \`${found}\`` };
    if (meant !== undefined)
      return {
        at: { from: start, to: node.to },
        message: `\`${written}\` is no duration`,
        help: `write ${meant}`,
        replacement: meant,
      };
    return {
      message: `\`${found}\` is no duration`,
      help: 'a duration is a number with a unit and no space: 5m, 1h30m',
    };
  }
  if (parent.name === 'LabelMatchers') {
    return { message: `unexpected \`${found}\` among the matchers`, help: 'write {a="x", b="y"}' };
  }
  if (parent.name === 'StepInvariantExpr') {
    return { message: '`@` needs a time', help: 'seconds since 1970, start() or end()' };
  }
  if (parent.name === 'AggregateExpr') {
    const op = text.slice(parent.from, parent.firstChild?.to ?? parent.to);
    return { message: `\`${op}\` needs its expression in parentheses`, help: `write ${op}(…)` };
  }
  const inside = namesOf(node.firstChild);
  if (/Identifier|Number|String|Label/.test(inside) || /^["'`\w(]/.test(found)) {
    if (parent.name === 'FunctionCallBody') {
      return { message: `a comma or an operator is missing before \`${found}\`` };
    }
    return { message: `an operator is missing before \`${found}\`` };
  }
  return { message: `unexpected \`${found}\`` };
}

function describe(text: string, node: SyntaxNode, parent: SyntaxNode): Description {
  if (parent.name.endsWith('LabelMatcher')) return describeMatcher(text, node, parent);
  return node.from === node.to ? describeGap(text, node, parent) : describeExcess(text, node, parent);
}

/** How far a fault reaches: among matchers, to the next comma, because what follows an error there is read as another matcher. */
function coveredBy(text: string, node: SyntaxNode, to: number): number {
  for (let up = node.parent; up !== null; up = up.parent) {
    if (up.name !== 'LabelMatchers') continue;
    const comma = text.indexOf(',', to);
    return comma === -1 || comma >= up.to ? up.to - 1 : comma;
  }
  return to;
}

/** Whether a fault of the grammar only follows from a name that was reported and masked before. */
function followsFromUnknownCall(node: SyntaxNode, scan: Scan): boolean {
  for (let up = node.parent; up !== null; up = up.parent) {
    if (up.name === 'ParenExpr') return scan.unknownCalls.has(up.from);
    if (up.name === 'FunctionCallBody' || up.name === 'LabelMatchers') return false;
  }
  return false;
}

/**
 * The errors of the grammar in the words of those who write queries. Errors that touch one another are one.
 * @param text the query as written; the tree is of the masked text, whose offsets are the same
 */
export function syntaxFaults(text: string, tree: SyntaxNode, scan: Scan): Fault[] {
  const found: Fault[] = [];
  let covered = -1;
  const visit = (node: SyntaxNode): void => {
    if (node.type.isError && node.parent !== null) {
      const gap = covered < 0 ? 'x' : text.slice(covered, node.from).replace(/^,/, 'x');
      const from = Math.min(node.from, text.length);
      const to = Math.min(Math.max(node.to, node.from), text.length);
      const reported = scan.faults.some(({ at }) => from < at.to && to > at.from);
      if (covered >= node.to || gap.trim() === '') covered = Math.max(covered, node.to);
      else if (!reported && !followsFromUnknownCall(node, scan)) {
        const { at, ...rest } = describe(text, node, node.parent);
        found.push({ code: 'OBS3101', at: at ?? { from, to }, ...rest });
        covered = coveredBy(text, node, Math.max(at?.to ?? to, to));
      }
      return;
    }
    for (let child = node.firstChild; child !== null; child = child.nextSibling) visit(child);
  };
  visit(tree);
  return found;
}
