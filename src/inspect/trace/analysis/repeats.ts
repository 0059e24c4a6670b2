import { createHash } from 'node:crypto';
import { at, childrenOf, durationOf, none, spanAt, type Trace } from '../tree/trace.js';
import { textOf, type Vocabulary } from './vocabulary.js';
import type { Who } from './who.js';

/** Calls that come again and again. */
export interface Repeat {
  /** What is called, in the order in which it comes: more than one where the calls take turns. */
  readonly calls: readonly string[];
  /** How often the whole sequence comes. */
  readonly times: number;
  /** Whether the arguments are known to be the same; undefined where the spans do not say what they were called with. */
  readonly sameArguments: boolean | undefined;
  /** The span that they are below: a run of an agent, or the parent of all of them. */
  readonly below: number;
  /** All spans of it, by start. */
  readonly spans: readonly number[];
  /** Nanoseconds that they took together. */
  readonly total: number;
}

/** From so many in a row on; for calls with the same arguments, two are enough to be worth a look. */
const fewest = { sameArguments: 2, otherwise: 3 } as const;
/** Calls that take turns: `search, fetch, search, fetch, …`. */
const longestCycle = 4;
/** Calls of one name below one parent, whatever they were called with: a query for each row of another one. */
const fewestSiblings = 5;

interface Call {
  readonly span: number;
  readonly name: string;
  /** Equal for calls that are the same. */
  readonly key: string;
  readonly hasArguments: boolean;
}

/**
 * Finds loops: tool calls of one run of an agent that repeat each other, wherever below the run they are, and spans of one name in a row
 * below one parent. Most time first.
 */
export function repeatsOf(trace: Trace, who: Who, words: Vocabulary): readonly Repeat[] {
  const ofRuns = new Map<number, Call[]>();
  const inLoop = new Set<number>();
  const found: Repeat[] = [];
  for (const span of startOrder(trace)) {
    const call = toolCall(trace, who, words, span);
    if (call === undefined) continue;
    const run = at(who.run, span);
    const calls = ofRuns.get(run);
    if (calls === undefined) ofRuns.set(run, [call]);
    else calls.push(call);
  }
  for (const [run, calls] of ofRuns) found.push(...cyclesIn(trace, run, calls));
  for (const { spans } of found) for (const span of spans) inLoop.add(span);
  for (let span = 0; span < trace.spans.length; span++)
    found.push(...siblingsIn(trace, who, words, span, inLoop));
  return found.sort((a, b) => b.total - a.total || (a.spans[0] ?? 0) - (b.spans[0] ?? 0));
}

function startOrder({ spans, start }: Trace): Int32Array {
  return Int32Array.from({ length: spans.length }, (_, span) => span).sort(
    (a, b) => at(start, a) - at(start, b) || a - b,
  );
}

/** A call of a tool, told by its attribute; a tool's own inner spans that carry its name as well are not calls of it. */
function toolCall(trace: Trace, who: Who, words: Vocabulary, span: number): Call | undefined {
  const tool = who.tool[span];
  if (tool === undefined) return undefined;
  const above = at(trace.parent, span);
  if (above !== none && who.tool[above] === tool) return undefined;
  return callOf(trace, words, span, tool);
}

function callOf(trace: Trace, words: Vocabulary, span: number, name: string): Call {
  const given = textOf(spanAt(trace, span).attributes, words.arguments);
  const digest = given === undefined ? '' : createHash('sha256').update(given, 'utf8').digest('base64');
  return { span, name, key: `${name}\u0000${digest}`, hasArguments: given !== undefined };
}

/** Sequences that come again at once, of one to four calls; a call is part of the first that is found, the shortest. */
function cyclesIn(trace: Trace, below: number, calls: readonly Call[]): readonly Repeat[] {
  const taken = new Uint8Array(calls.length);
  const found: Repeat[] = [];
  for (let period = 1; period <= longestCycle; period++) {
    let length = 0;
    for (let index = period; index <= calls.length; index++) {
      const isSame =
        index < calls.length &&
        calls[index]?.key === calls[index - period]?.key &&
        taken[index] === 0 &&
        taken[index - period] === 0;
      if (isSame) {
        length += 1;
        continue;
      }
      const times = Math.floor(length / period) + 1;
      const from = index - period - length;
      length = 0;
      const group = calls.slice(from, from + times * period);
      const hasArguments = group.every((each) => each.hasArguments);
      // Calls that take turns are a pattern of work before they are a loop.
      if (times < (hasArguments && period === 1 ? fewest.sameArguments : fewest.otherwise)) continue;
      taken.fill(1, from, from + times * period);
      found.push(repeatOf(trace, below, group, period, hasArguments ? true : undefined));
    }
  }
  return found;
}

function repeatOf(
  trace: Trace,
  below: number,
  group: readonly Call[],
  period: number,
  sameArguments: boolean | undefined,
): Repeat {
  const spans = group.map(({ span }) => span);
  return {
    calls: group.slice(0, period).map(({ name }) => name),
    times: group.length / period,
    sameArguments,
    below,
    spans,
    total: spans.reduce((sum, span) => sum + durationOf(trace, span), 0),
  };
}

/** What goes out of the process, or has nothing below it; the steps of a loop are not what repeats, but what they do may be. */
function isCall(trace: Trace, span: number): boolean {
  const { kind } = spanAt(trace, span);
  return kind === 'client' || kind === 'producer' || childrenOf(trace, span).length === 0;
}

/** Children of one name in a row, one after the other: those that run side by side are a fan-out, and wanted. */
function siblingsIn(
  trace: Trace,
  who: Who,
  words: Vocabulary,
  parent: number,
  inLoop: ReadonlySet<number>,
): readonly Repeat[] {
  const children = childrenOf(trace, parent);
  if (children.length < fewestSiblings) return [];
  const found: Repeat[] = [];
  let row: number[] = [];
  const close = (): void => {
    const isTool = row.some((span) => who.tool[span] !== undefined && inLoop.has(span));
    if (row.length >= fewestSiblings && !isTool) {
      const group = row.map((span) => callOf(trace, words, span, spanAt(trace, span).name));
      const keys = new Set(group.map(({ key }) => key));
      const isKnown = group.every((each) => each.hasArguments);
      found.push(repeatOf(trace, parent, group, 1, isKnown ? keys.size === 1 : undefined));
    }
    row = [];
  };
  for (const child of children) {
    if (!isCall(trace, child)) {
      close();
      continue;
    }
    const last = row.at(-1);
    const isNext =
      last !== undefined &&
      spanAt(trace, last).name === spanAt(trace, child).name &&
      at(trace.end, last) <= at(trace.start, child);
    if (!isNext) close();
    row.push(child);
  }
  close();
  return found;
}
