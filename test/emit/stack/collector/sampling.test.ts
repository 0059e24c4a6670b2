import { describe, expect, it } from 'vitest';
import { collectorConfig, waitingTraces } from '../../../../src/emit/stack/collector/index.js';
import { given, part } from './spec.js';

function sampler(tail: string, more = ''): Record<string, unknown> {
  const { model, stack } = given(`{ ${more} sampling: { tail: ${tail} } }`);
  return part(collectorConfig(model, stack, 'compose'), 'processors', 'tail_sampling') as Record<
    string,
    unknown
  >;
}

const policies = (tail: string): readonly Record<string, unknown>[] =>
  sampler(tail)['policies'] as Record<string, unknown>[];

describe('tail sampling', () => {
  it('keeps probes, errors, what is slow, named agents, and a share of the rest', () => {
    expect(policies('{ slowerThan: 1m30s, keepRuns: [planner], rest: 0.07 }')).toEqual([
      { name: 'probes', type: 'trace_state', trace_state: { key: 'obsgen', values: ['doctor'] } },
      { name: 'errors', type: 'status_code', status_code: { status_codes: ['ERROR'] } },
      { name: 'slow', type: 'latency', latency: { threshold_ms: 90_000 } },
      {
        name: 'runs',
        type: 'string_attribute',
        string_attribute: { key: 'gen_ai.agent.name', values: ['planner'] },
      },
      { name: 'rest', type: 'probabilistic', probabilistic: { sampling_percentage: 7 } },
    ]);
  });

  it('never drops a probe, and takes shares at their ends for what they say', () => {
    expect(policies('{ keepErrors: false, rest: 0 }').map(({ name }) => name)).toEqual(['probes']);
    expect(policies('{ rest: 1 }').at(-1)).toEqual({ name: 'rest', type: 'always_sample' });
  });

  it('takes a name as it is, dollar signs and all', () => {
    const [, , runs] = policies("{ keepRuns: ['${env:HOME}$'], rest: 0.1 }");
    expect(part(runs ?? {}, 'string_attribute', 'values')).toEqual(['$${env:HOME}$$']);
  });

  it('waits as long as the spec says, with room for what waits and a memory of what was decided', () => {
    expect(sampler('{ rest: 0.1, wait: 1d, tracesPerSecond: 3 }')).toMatchObject({
      decision_wait: '86400s',
      expected_new_traces_per_sec: 3,
      num_traces: 3 * 86_400 * 2,
      decision_cache: { sampled_cache_size: 3 * 86_400 * 20, non_sampled_cache_size: 3 * 86_400 * 20 },
    });
  });

  it('divides the traces among the Collectors', () => {
    expect(
      sampler('{ rest: 0.1, wait: 60s, tracesPerSecond: 1000 }', 'collector: { instances: 4 },'),
    ).toMatchObject({
      expected_new_traces_per_sec: 250,
      num_traces: 30_000,
    });
    const { stack } = given('{ sampling: { tail: { rest: 0.1, tracesPerSecond: 0.01 } } }');
    if (stack.tail === undefined) throw new Error('no tail');
    expect(waitingTraces(stack.tail, 1)).toBe(100);
  });
});
