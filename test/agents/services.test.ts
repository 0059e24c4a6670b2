import { describe, expect, test } from 'vitest';
import { helpersOf } from './generated.js';
import { changes, samples } from './page.js';
import { agentSpec } from './spec.js';

const { agents, labels } = helpersOf(agentSpec);
labels['sandboxRuntime']?.register(['docker']);
labels['policyPolicy']?.register(['pii']);
labels['policyTool']?.register(['shell']);
labels['queueQueue']?.register(['tasks']);

describe('a sandbox', () => {
  const sandbox = agents.sandbox('docker');

  test.each([
    [{ exitCode: 0 }, 'ok'],
    [{ exitCode: 2 }, 'nonzero_exit'],
    [{ code: 137 }, 'oom'],
    [{ StatusCode: 137 }, 'oom'],
    [{ timedOut: true, exitCode: 143 }, 'timeout'],
    [{ status: null, signal: 'SIGKILL' }, 'oom'],
    [{ status: null, signal: 'SIGTERM' }, 'nonzero_exit'],
    ['output', 'ok'],
  ])('that returns %j ended as %s', async (result, outcome) => {
    const recorded = await changes(async () => {
      expect(sandbox.exec(() => result)).toBe(result);
      expect(await sandbox.exec(() => Promise.resolve(result))).toBe(result);
    });
    expect(recorded).toEqual({
      [`agent_sandbox_exec_duration_seconds_count{runtime="docker",outcome="${outcome}"}`]: 2,
    });
  });

  test.each([
    [Object.assign(new Error('x'), { code: 1 }), 'nonzero_exit'],
    [Object.assign(new Error('x'), { killed: true, signal: 'SIGTERM' }), 'timeout'],
    [Object.assign(new Error('x'), { code: 'EACCES' }), 'denied'],
  ])('that throws %s ended as %s', async (error, outcome) => {
    const recorded = await changes(() =>
      sandbox
        .exec(() => Promise.reject(error))
        .catch((thrown: unknown) => {
          expect(thrown).toBe(error);
        }),
    );
    expect(recorded).toEqual({
      [`agent_sandbox_exec_duration_seconds_count{runtime="docker",outcome="${outcome}"}`]: 1,
    });
  });

  test('starts, is active, and stops', async () => {
    const recorded = await changes(async () => {
      await sandbox.start(() => Promise.resolve('up'));
      await sandbox.start(() => Promise.resolve('up'));
      await sandbox.start(() => Promise.reject(new Error('no image'))).catch(() => undefined);
      sandbox.stopped();
      sandbox.limitHit('memory');
      sandbox.up(true);
    });
    expect(recorded).toEqual({
      'agent_sandbox_active{runtime="docker"}': 1,
      'agent_sandbox_limit_hits_total{runtime="docker",resource="memory"}': 1,
      'agent_sandbox_start_duration_seconds_count{runtime="docker"}': 2,
      'agent_sandbox_starts_total{runtime="docker",outcome="failed"}': 1,
      'agent_sandbox_starts_total{runtime="docker",outcome="ok"}': 2,
      'agent_sandbox_up{runtime="docker"}': 1,
    });
  });
});

describe('a policy', () => {
  const call = { policy: 'pii', stage: 'input' } as const;

  test.each([
    [true, 'allow'],
    [false, 'deny'],
    ['Redact', 'modify'],
    [{ decision: 'escalate' }, 'escalate'],
    [{ allowed: false }, 'deny'],
    [{ unknown: 1 }, 'error'],
    [undefined, 'error'],
  ])('that says %j decides %s', async (said, decision) => {
    const recorded = await changes(() => agents.policies.evaluate(call, () => Promise.resolve(said)));
    expect(recorded).toEqual({
      [`agent_policy_decisions_total{policy="pii",stage="input",decision="${decision}"}`]: 1,
      'agent_policy_evaluation_duration_seconds_count{policy="pii"}': 1,
    });
  });

  test('that throws is an error, even where the reading of its answer does', async () => {
    const recorded = await changes(async () => {
      await expect(agents.policies.evaluate(call, () => Promise.reject(new Error('down')))).rejects.toThrow(
        'down',
      );
      await agents.policies.evaluate(
        call,
        () => Promise.resolve(1),
        () => {
          throw new Error('of the reader');
        },
      );
    }, /decisions/);
    expect(recorded).toEqual({
      'agent_policy_decisions_total{policy="pii",stage="input",decision="error"}': 2,
    });
  });

  test('approvals wait, and end', async () => {
    const recorded = await changes(async () => {
      const pending = agents.policies.approval(
        'shell',
        () =>
          new Promise((resolve) =>
            setTimeout(() => {
              resolve(true);
            }, 5),
          ),
      );
      expect((await samples()).get('agent_approvals_pending')).toBe(1);
      await pending;
      await agents.policies.approval('shell', () => Promise.resolve('rejected'));
      await agents.policies
        .approval('shell', () => Promise.reject(Object.assign(new Error('late'), { name: 'TimeoutError' })))
        .catch(() => undefined);
    });
    expect(recorded).toEqual({
      'agent_approval_wait_seconds_count{tool="shell"}': 3,
      'agent_approvals_total{tool="shell",decision="approved"}': 1,
      'agent_approvals_total{tool="shell",decision="expired"}': 1,
      'agent_approvals_total{tool="shell",decision="rejected"}': 1,
    });
  });
});

test('a cache', async () => {
  const cache = agents.cache('semantic');
  const recorded = await changes(async () => {
    expect(cache.lookup(() => 'found')).toBe('found');
    expect(await cache.lookup(() => Promise.resolve(null))).toBeNull();
    cache.lookup(
      () => ({ score: 0.2 }),
      ({ score }) => score > 0.9,
    );
    expect(() =>
      cache.lookup(() => {
        throw new Error('down');
      }),
    ).toThrow('down');
    cache.bypassed();
    cache.savedTokens(50);
    cache.evicted('capacity', 3);
    cache.size({ entries: 7, bytes: 700 });
  });
  expect(recorded).toEqual({
    'agent_cache_entries{cache="semantic"}': 7,
    'agent_cache_evictions_total{cache="semantic",reason="capacity"}': 3,
    'agent_cache_lookup_duration_seconds_count{cache="semantic"}': 4,
    'agent_cache_requests_total{cache="semantic",result="bypass"}': 1,
    'agent_cache_requests_total{cache="semantic",result="error"}': 1,
    'agent_cache_requests_total{cache="semantic",result="hit"}': 1,
    'agent_cache_requests_total{cache="semantic",result="miss"}': 2,
    'agent_cache_saved_tokens_total{cache="semantic"}': 50,
    'agent_cache_size_bytes{cache="semantic"}': 700,
  });
});

test('a queue', async () => {
  const depth = async (): Promise<number | undefined> =>
    (await samples()).get('agent_queue_depth{queue="tasks"}');
  const recorded = await changes(async () => {
    const queue = agents.queue('tasks', { capacity: 10 });
    expect(agents.queue('tasks')).toBe(queue);
    queue.workers(2);
    const [first, second, third, fourth] = [
      queue.enqueue(),
      queue.enqueue(),
      queue.enqueue(),
      queue.enqueue(),
    ];
    expect(await depth()).toBe(4);
    await first.process(async () => {
      expect(await depth()).toBe(3);
      expect((await samples()).get('agent_queue_workers{queue="tasks",state="busy"}')).toBe(1);
      expect((await samples()).get('agent_queue_workers{queue="tasks",state="idle"}')).toBe(1);
    });
    await second.process(() => Promise.reject(new Error('no'))).catch(() => undefined);
    third.leave('expired');
    third.leave('cancelled');
    await fourth.process(() => {
      fourth.retry();
      return Promise.resolve();
    });
    expect(await depth()).toBe(1);
    expect((await samples()).get('agent_queue_oldest_age_seconds{queue="tasks"}')).toBeGreaterThan(0);
    fourth.process(() => 1);
    queue.received(Date.now() / 1000 - 30).process(() => 1);
    queue.refused('full');
  });
  expect(recorded).toEqual({
    'agent_queue_capacity{queue="tasks"}': 10,
    'agent_queue_processing_seconds_count{queue="tasks"}': 5,
    'agent_queue_refused_total{queue="tasks",reason="full"}': 1,
    'agent_queue_retries_total{queue="tasks"}': 1,
    'agent_queue_tasks_total{queue="tasks",outcome="done"}': 3,
    'agent_queue_tasks_total{queue="tasks",outcome="expired"}': 1,
    'agent_queue_tasks_total{queue="tasks",outcome="failed"}': 1,
    'agent_queue_wait_seconds_count{queue="tasks"}': 5,
    'agent_queue_workers{queue="tasks",state="idle"}': 2,
  });
  expect(await depth()).toBe(0);
});
