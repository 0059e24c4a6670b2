import { agentNameAttribute } from '../../../model/conventions.js';
import type { TailSampling } from '../../../model/stack.js';
import { goDuration, literal } from './escape.js';

/** Marks the trace of a probe, which is never sampled away: `obs-gen doctor` asks for it. */
export const probeTraceState = { key: 'obsgen', value: 'doctor' } as const;

/**
 * How many times the traces that are expected in one time of waiting there is room for: load is not even, and neither is its spread
 * over several Collectors. A trace that finds no room pushes out the oldest, undecided.
 */
const headroom = 2;

/** Decisions that are remembered for each trace that is waited for, so that what comes late goes where its trace went. */
const decisionsPerTrace = 10;

/** Traces that one of the Collectors waits for at the same time, with room to spare. */
export function waitingTraces({ tracesPerSecond, wait }: TailSampling, instances: number): number {
  return Math.max(100, Math.ceil((tracesPerSecond / instances) * wait.seconds * headroom));
}

function policies({ keepErrors, slowerThan, keepRuns, rest }: TailSampling): readonly object[] {
  const probes = {
    name: 'probes',
    type: 'trace_state',
    trace_state: { key: probeTraceState.key, values: [probeTraceState.value] },
  };
  const errors = { name: 'errors', type: 'status_code', status_code: { status_codes: ['ERROR'] } };
  const slow = slowerThan && {
    name: 'slow',
    type: 'latency',
    latency: { threshold_ms: Math.round(slowerThan.seconds * 1000) },
  };
  const runs = {
    name: 'runs',
    type: 'string_attribute',
    string_attribute: { key: agentNameAttribute, values: keepRuns.map(literal) },
  };
  // In percent, without what binary fractions add: 0.07 is 7, not 7.000000000000001.
  const percentage = Number((rest * 100).toPrecision(12));
  const others =
    rest >= 1
      ? { name: 'rest', type: 'always_sample' }
      : { name: 'rest', type: 'probabilistic', probabilistic: { sampling_percentage: percentage } };
  return [
    probes,
    ...(keepErrors ? [errors] : []),
    ...(slow === undefined ? [] : [slow]),
    ...(keepRuns.length === 0 ? [] : [runs]),
    ...(rest > 0 ? [others] : []),
  ];
}

/**
 * The processor that decides which traces are kept, once their time is over: those that one of the policies wants.
 * @param instances Collectors that share the traces
 */
export function tailSampling(tail: TailSampling, instances: number): object {
  const waiting = waitingTraces(tail, instances);
  const decisions = waiting * decisionsPerTrace;
  return {
    decision_wait: goDuration(tail.wait.seconds),
    num_traces: waiting,
    expected_new_traces_per_sec: Math.ceil(tail.tracesPerSecond / instances),
    decision_cache: { sampled_cache_size: decisions, non_sampled_cache_size: decisions },
    policies: policies(tail),
  };
}
