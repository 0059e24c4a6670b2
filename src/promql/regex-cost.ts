import type { Position } from './ast.js';
import { anything, firstOf, nothing, overlap, type First } from './regex-first.js';
import type { PatternNode } from './regex-tree.js';

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

/**
 * Steps that the engine of JavaScript takes at most for a pattern on a text of so many characters, tried at its beginning alone: it goes
 * back where RE2 does not, and a pattern of 6 characters can keep it busy for years. An upper bound that stops at some thousands of millions.
 */
export function stepsOn(tree: PatternNode, length: number): number {
  return costOf(bounded(tree, length), nothing).steps;
}

/** The same with no more rounds of a repetition than a text of that length has room for. */
function bounded(node: PatternNode, length: number): PatternNode {
  switch (node.kind) {
    case 'atom':
    case 'anchor':
      return node;
    case 'sequence':
      return { ...node, items: node.items.map((item) => bounded(item, length)) };
    case 'choice':
      return { ...node, options: node.options.map((option) => bounded(option, length)) };
    case 'repeat':
      return {
        ...node,
        of: bounded(node.of, length),
        most: Math.min(node.most, Math.max(node.least, length)),
      };
  }
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

/** @param follow what can come behind the node */
function costOf(node: PatternNode, follow: First = anything): Cost {
  switch (node.kind) {
    case 'atom':
    case 'anchor':
      return { steps: 1, ways: 1 };
    case 'choice':
      return costOfChoice(node.options, follow);
    case 'sequence':
      return costOfSequence(node.items, follow);
    case 'repeat': {
      // Behind a round comes another one, or what follows.
      const next = node.most > 1 ? firstOf([{ ...node, least: 0 }], follow) : follow;
      const cost = costOfRepeat(costOf(node.of, next), node.least, node.most);
      return isRunBefore(node, follow) ? { ...cost, ways: 1 } : cost;
    }
  }
}

/** Whether one of the numbers of rounds alone can go on: the others have the next round's character before them, and that does not follow. */
function isRunBefore({ of }: PatternNode & { readonly kind: 'repeat' }, follow: First): boolean {
  return of.kind === 'atom' && !overlap(firstOf([of]), follow);
}

/** Of options that begin differently, one at most goes on. */
function costOfChoice(options: readonly PatternNode[], follow: First): Cost {
  const costs = options.map((option) => costOf(option, follow));
  const firsts = options.map((option) => firstOf([option]));
  const isOneOnly = firsts.every((first, index) =>
    firsts.slice(index + 1).every((other) => !overlap(first, other)),
  );
  const all = costs.map(({ ways }) => ways);
  return {
    steps: isOneOnly
      ? Math.max(...costs.map(({ steps }) => steps)) + options.length
      : sum(costs.map(({ steps }) => steps)),
    ways: isOneOnly ? Math.max(...all) : sum(all),
  };
}

/** Each way through a part costs what follows. */
function costOfSequence(items: readonly PatternNode[], follow: First): Cost {
  let steps = 0;
  let ways = 1;
  items.forEach((item, index) => {
    const goesOn = firstOf(items.slice(index + 1), follow);
    const cost = costOf(item, goesOn);
    steps += ways * cost.steps;
    ways *= cost.ways;
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
