import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic, Range } from '../../diagnostics/diagnostic.js';
import { agentNameAttribute } from '../conventions.js';
import { durationOf } from '../duration.js';
import type { Metric, Model, SpanAttribute } from '../model.js';
import type { Stack, TailSampling } from '../stack.js';
import type { Rule } from './rule.js';

/**
 * Bytes of heap that a span of ten attributes takes while its trace is waited for, as scripts/stack-check/collector/memory.mjs measures
 * it (1354 with the release 0.159), and spans of a trace of an agent: a run with some turns, calls of a model and tools.
 */
const bytesOfSpan = 1400;
const spansOfTrace = 20;

/** The share of its memory that a Collector fills before it refuses work: its limit of 80 % less a spike of 25 %. */
const usableShare = 0.55;

/** A section of sampling, and where its keys stand. */
interface Sampling {
  readonly model: Model;
  readonly stack: Stack;
  readonly tail: TailSampling;
  readonly at: (...path: readonly (string | number)[]) => Range;
}

/** Whether a histogram measures what a span takes. */
function isOfSpan({ spans }: Model, histogram: Metric): boolean {
  return [...spans.values()].some(({ record }) => record.duration === histogram);
}

/** An objective calls good what is not over when its trace is decided. */
function* hastyForObjectives({ model, tail, at }: Sampling): Iterable<Diagnostic> {
  for (const sli of model.slis.values()) {
    if (sli.form !== 'latency' || !isOfSpan(model, sli.histogram)) continue;
    if (sli.threshold.seconds < tail.wait.seconds) continue;
    yield diagnostic('OBS3801', {
      message: `traces are decided ${tail.wait.text} after their first span, and what \`${sli.name}\` calls good may take ${sli.threshold.text}`,
      range: at('wait'),
      related: [{ range: sli.origin.of('latency', 'threshold'), message: 'the threshold is set here' }],
      help: `set \`wait: ${durationOf(sli.threshold.seconds + 30).text}\`, so that spans of slow runs are there when it is decided`,
    });
  }
}

/** What is called slow is not over when its trace is decided. */
function* hastyForSlow({ tail: { wait, slowerThan }, at }: Sampling): Iterable<Diagnostic> {
  if (slowerThan === undefined || wait.seconds > slowerThan.seconds) return;
  yield diagnostic('OBS3802', {
    message: `a trace that takes longer than ${slowerThan.text} is decided ${wait.text} after its first span, when its last ones are not there`,
    range: at('wait'),
    related: [{ range: at('slowerThan'), message: 'what is slow is said here' }],
    help: `set \`wait: ${durationOf(slowerThan.seconds + 30).text}\`, or leave it out`,
  });
}

/** Nothing is kept. */
function* nothingKept({ tail, at }: Sampling): Iterable<Diagnostic> {
  const { keepErrors, slowerThan, keepRuns, rest } = tail;
  if (rest > 0 || keepErrors || slowerThan !== undefined || keepRuns.length > 0) return;
  yield diagnostic('OBS3803', {
    message: 'no trace is kept: errors are not, and of all others the share is 0',
    range: at('rest'),
    help: 'remove `keepErrors: false`, or keep a share of the rest',
  });
}

/** What is waited for does not fit. */
function* tooMuchToHold({ stack, tail, at }: Sampling): Iterable<Diagnostic> {
  const { memory, instances } = stack.collector;
  const traces = (tail.tracesPerSecond / instances) * tail.wait.seconds;
  const needed = (traces * spansOfTrace * bytesOfSpan) / usableShare;
  if (needed <= memory) return;
  const mebibytes = (bytes: number): string => `${Math.ceil(bytes / 1024 ** 2)}MiB`;
  const layers = Math.ceil((needed / memory) * instances);
  yield diagnostic('OBS3804', {
    message: `${tail.tracesPerSecond} traces a second, each held for ${tail.wait.text}, take about ${mebibytes(needed)} of each Collector, which has ${mebibytes(memory)}`,
    range: at('tracesPerSecond'),
    help: `raise \`collector.memory\`, or share the work among ${layers} with \`collector.instances\`; worked out for ${spansOfTrace} spans a trace`,
  });
}

/** Names of agents that no span can have. */
function* unknownRuns({ model, tail, at }: Sampling): Iterable<Diagnostic> {
  if (tail.keepRuns.length === 0) return;
  const all = [...model.spans.values()].flatMap((span): readonly SpanAttribute[] => span.attributes);
  const naming = all.filter(
    ({ exportedName, sensitivity }) => exportedName === agentNameAttribute && sensitivity === 'none',
  );
  if (naming.length === 0) {
    yield diagnostic('OBS3805', {
      message: `no span of the spec has the attribute \`${agentNameAttribute}\`, by which runs are known`,
      range: at('keepRuns'),
      help: `add the preset \`agent\`, or give a span an attribute with \`as: ${agentNameAttribute}\``,
    });
    return;
  }
  const bounds = naming.map(({ label }) => label?.bound);
  for (const [index, name] of tail.keepRuns.entries()) {
    const isPossible = bounds.some((bound) => bound?.kind !== 'closed' || bound.values.includes(name));
    if (isPossible) continue;
    yield diagnostic('OBS3805', {
      message: `there is no agent \`${name}\``,
      range: at('keepRuns', index),
      help: 'use one of the values of the label, or add it there',
    });
  }
}

/** Keys that say what is kept, where everything is. */
function* keptAnyway({ stack, tail, at }: Sampling): Iterable<Diagnostic> {
  if (tail.rest < 1) return;
  const written = ['slowerThan', 'keepRuns', 'keepErrors'].filter(
    (key) =>
      stack.origin.text('sampling', 'tail', key) !== undefined ||
      (key === 'keepRuns' && tail.keepRuns.length > 0),
  );
  const [first] = written;
  if (first === undefined) return;
  yield diagnostic('OBS3806', {
    message: `\`${first}\` has no effect: \`rest\` is 1, so that every trace is kept`,
    range: at(first),
    help: 'set the share of the rest, as in `rest: 0.1`, or remove `tail`: to wait for traces takes memory',
  });
}

const rules = [hastyForObjectives, hastyForSlow, nothingKept, tooMuchToHold, unknownRuns, keptAnyway];

/** OBS3801 to OBS3806: what the Collector is to keep of the traces can be known when it decides. */
export const stackSampling: Rule = function* ({ model }) {
  const { stack } = model;
  if (stack?.tail === undefined) return;
  const { tail, origin } = stack;
  const at = (...path: readonly (string | number)[]): Range => origin.of('sampling', 'tail', ...path);
  for (const rule of rules) yield* rule({ model, stack, tail, at });
};
