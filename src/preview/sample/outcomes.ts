import type { Label } from '../../model/model.js';

const good =
  /^(?:ok|success(?:ful)?|succeeded|completed|done|allow(?:ed)?|hit|[23]xx|approved|good|healthy|pass(?:ed)?)$/;
/** What ends badly through nobody's fault, and does not become more when something breaks. */
const steady =
  /cancel|4xx|1xx|3xx|client_error|denied|deny|invalid|duplicate|bypass|rejected|modify|escalate/;
const bad =
  /error|fail|timeout|5xx|limit|exceeded|loop|expired|oom|refus|abort|filter|length|exit|empty|miss|max_steps|drop/;

/** The part of all events that a value of a label has, while all is well and while it is not. */
export interface Share {
  readonly well: number;
  readonly ill: number;
}

function geometric(count: number, ratio: number): readonly number[] {
  const raw = Array.from({ length: count }, (_, index) => ratio ** index);
  const sum = raw.reduce((total, each) => total + each, 0);
  return raw.map((each) => each / sum);
}

/** Whether a label says how something ended: it has a value that is good, and others. */
export function isOutcome({ bound }: Label): boolean {
  return bound.kind === 'closed' && bound.values.length > 1 && bound.values.some((value) => good.test(value));
}

/** How much of what is looked up is not there: that is no failure. */
const missing = /^(?:miss|empty)$/;

/**
 * How events are spread over the values of a label. Of a label that says how something ended, nearly all are good; of others the first
 * value has most.
 * @param failing the share of bad events while all is well, and at the worst
 */
export function sharesOf(
  label: Label,
  values: readonly string[],
  failing: Share,
): ReadonlyMap<string, Share> {
  if (!isOutcome(label)) {
    const ratio = /method|operation|class|type/.test(label.wire) ? 0.35 : 0.6;
    const parts = geometric(values.length, ratio);
    return new Map(
      values.map((value, index) => [value, { well: parts[index] ?? 0, ill: parts[index] ?? 0 }]),
    );
  }
  const isSteady = (value: string): boolean => !good.test(value) && (steady.test(value) || !bad.test(value));
  const failures = values.filter((value) => !good.test(value) && !isSteady(value) && !missing.test(value));
  const parts = geometric(failures.length, 0.55);
  const found = new Map<string, Share>();
  for (const [index, value] of failures.entries()) {
    const part = parts[index] ?? 0;
    found.set(value, { well: failing.well * part, ill: failing.ill * part });
  }
  const others = values.filter((value) => isSteady(value));
  // Where an objective counts them as bad, they may not eat up its budget.
  const odd = Math.min(0.03, 2 * failing.well) / Math.max(1, others.length);
  for (const value of others) found.set(value, { well: odd, ill: odd });
  for (const value of values.filter((each) => missing.test(each))) found.set(value, { well: 0.24, ill: 0.3 });
  const rest = (key: keyof Share): number =>
    1 - [...found.values()].reduce((sum, each) => sum + each[key], 0);
  const best = values.filter((value) => good.test(value));
  const goodParts = geometric(best.length, 0.1);
  for (const [index, value] of best.entries()) {
    const part = goodParts[index] ?? 0;
    found.set(value, { well: rest('well') * part, ill: rest('ill') * part });
  }
  return found;
}
