import type { Position } from '../../promql/ast.js';
import { firstOf, overlap } from './pattern-first.js';
import type { PatternNode } from './pattern-tree.js';

/** What trying a pattern at one place of a text costs at most. */
interface Cost {
  /** Characters that are compared. */
  readonly steps: number;
  /** Ways to go on behind it; each costs what follows. */
  readonly ways: number;
}

/** Why a pattern is refused, and where. */
export type CostFault = Position & { readonly reason: 'endless' | 'costly' };

/** Steps at one place of a text that are admitted: a text of 100 KB then takes some 50 ms at most. */
export const maxSteps = 400;

/**
 * Why a search for a pattern could take more time than the text is long. A repetition without end may only stand at the end: there it takes
 * what it can get, and nothing behind it can fail and have it tried again. Everything before it has a bound, and so have the steps.
 */
export function costFault(tree: PatternNode): CostFault | undefined {
  const endless = endlessBeforeEnd(tree, true);
  if (endless !== undefined) return { ...endless, reason: 'endless' };
  const { steps } = costOf(tree);
  if (steps <= maxSteps) return undefined;
  return { ...(costliest(tree) ?? { from: 0, to: 0 }), reason: 'costly' };
}

/** @param isEnd whether the match is complete behind the node, whatever comes */
function endlessBeforeEnd(node: PatternNode, isEnd: boolean): Position | undefined {
  switch (node.kind) {
    case 'atom':
    case 'anchor':
      return undefined;
    case 'choice':
      return firstDefined(node.options, (option) => endlessBeforeEnd(option, isEnd));
    case 'sequence':
      return firstDefined(node.items, (item, index) =>
        endlessBeforeEnd(item, isEnd && index === node.items.length - 1),
      );
    case 'repeat':
      if (node.most === Infinity && !isEnd) return node.at;
      // Behind one round another may be tried.
      return endlessBeforeEnd(node.of, isEnd && node.most <= 1);
  }
}

function costOf(node: PatternNode): Cost {
  switch (node.kind) {
    case 'atom':
    case 'anchor':
      return { steps: 1, ways: 1 };
    case 'choice':
      return costOfChoice(node.options);
    case 'sequence':
      return costOfSequence(node.items);
    case 'repeat':
      return costOfRepeat(costOf(node.of), node.least, node.most);
  }
}

/** Of options that begin differently, one at most goes on. */
function costOfChoice(options: readonly PatternNode[]): Cost {
  const costs = options.map(costOf);
  const isOneOnly = options.every((option, index) =>
    options.slice(index + 1).every((other) => !overlap(firstOf([option]), firstOf([other]))),
  );
  const all = costs.map(({ ways }) => ways);
  return {
    steps: isOneOnly
      ? Math.max(...costs.map(({ steps }) => steps)) + options.length
      : sum(costs.map(({ steps }) => steps)),
    ways: isOneOnly ? Math.max(...all) : sum(all),
  };
}

/**
 * Each way through a part costs what follows. Where what follows begins with something that the part cannot end before, only one of the
 * numbers of rounds can go on: the others have the next round's character before them.
 */
function costOfSequence(items: readonly PatternNode[]): Cost {
  let steps = 0;
  let ways = 1;
  items.forEach((item, index) => {
    const cost = costOf(item);
    steps += ways * cost.steps;
    const goesOn = firstOf(items.slice(index + 1));
    const isRun = item.kind === 'repeat' && item.of.kind === 'atom';
    ways *= isRun && index < items.length - 1 && !overlap(firstOf([item.of]), goesOn) ? 1 : cost.ways;
  });
  return { steps, ways };
}

function costOfRepeat(of: Cost, least: number, most: number): Cost {
  if (most === Infinity) return { steps: of.steps * (least + 1), ways: 1 };
  let steps = 0;
  let ways = least === 0 ? 1 : 0;
  let waysOfRounds = 1;
  for (let round = 1; round <= most; round += 1) {
    steps += waysOfRounds * of.steps;
    waysOfRounds *= of.ways;
    if (round >= least) ways += waysOfRounds;
    if (steps > 1e9 || ways > 1e9) break;
  }
  return { steps: Math.max(1, steps), ways };
}

/** The repetition that costs most, which is the one to bound. */
function costliest(node: PatternNode): Position | undefined {
  let found: { readonly at: Position; readonly steps: number } | undefined;
  const visit = (each: PatternNode): void => {
    if (each.kind === 'repeat') {
      const { steps } = costOf(each);
      if (found === undefined || steps > found.steps) found = { at: each.at, steps };
      visit(each.of);
    } else if (each.kind === 'sequence') each.items.forEach(visit);
    else if (each.kind === 'choice') each.options.forEach(visit);
  };
  visit(node);
  return found?.at;
}

function firstDefined<T>(
  items: readonly T[],
  of: (item: T, index: number) => Position | undefined,
): Position | undefined {
  for (const [index, item] of items.entries()) {
    const found = of(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
