import { beforeAll, describe, expect, test } from 'vitest';
import { BudgetExceededError } from '../../src/runtime/cost/index.js';
import { helpersOf } from './generated.js';
import { changes } from './page.js';
import { agentSpec, plainAgentSpec } from './spec.js';
import { useTracing } from './tracing.js';

/** A client whose answers have so many tokens. */
function clientOf(tokens: number): {
  chat: { completions: { create(request: { model: string }): Promise<object> } };
} {
  const answer = {
    choices: [{ finish_reason: 'stop' }],
    usage: { prompt_tokens: tokens, completion_tokens: tokens },
  };
  return { chat: { completions: { create: () => Promise.resolve(answer) } } };
}

describe('a run', () => {
  const { agents, cost, labels } = helpersOf(agentSpec);
  const spans = useTracing();
  const outcomes = (): unknown[] => spans.named('agent.run').map(({ attributes }) => attributes['outcome']);
  beforeAll(() => {
    for (const label of ['agentAgent', 'costAgent', 'agentParent', 'agentChild'])
      labels[label]?.register(['planner', 'writer', 'critic']);
    for (const label of ['agentModel', 'costModel']) labels[label]?.register(['m']);
    cost.setPrices({ perMillionTokens: { m: { input: 1000, output: 2000 } } });
  });

  test('adds up what its model calls use, and counts them for its agent', async () => {
    const client = agents.wrapOpenAI(clientOf(10));
    const recorded = await changes(async () => {
      const result = await agents.run({ agent: 'planner' }, async (run) => {
        await client.chat.completions.create({ model: 'm' });
        await client.chat.completions.create({ model: 'm' });
        expect(run.usage).toMatchObject({ input: 20, output: 20 });
        expect(run.cost).toBeCloseTo(0.06, 12);
        run.contextUsed(0.4);
        run.compacted();
        return run.steps;
      });
      expect(result).toBe(2);
    });
    expect(recorded).toMatchObject({
      'agent_runs_total{agent="planner",outcome="completed"}': 1,
      'agent_run_steps_count{agent="planner"}': 1,
      'agent_compactions_total{agent="planner"}': 1,
      'agent_context_utilization_ratio_count{agent="planner"}': 1,
      'agent_cost_usd_total{model="m",agent="planner",source="local"}': 0.06,
      'agent_tokens_total{token_class="input",model="m",agent="planner"}': 20,
    });
    const [run] = spans.named('agent.run');
    expect(run?.attributes).toMatchObject({
      'agent.steps': 2,
      'agent.usage.input_tokens': 20,
      'agent.cost': 0.06,
    });
    expect(spans.named('agent.model_call').map((span) => span.parentSpanContext?.spanId)).toEqual([
      run?.spanContext().spanId,
      run?.spanContext().spanId,
    ]);
  });

  test('an agent that it starts stands below it, a detached one in a trace of its own that is linked', async () => {
    const recorded = await changes(async () => {
      await agents.run({ agent: 'planner' }, async () => {
        await agents.run({ agent: 'writer' }, async (inner) => {
          expect(inner.depth).toBe(1);
          await agents.run({ agent: 'critic' }, () => Promise.resolve());
        });
        await agents.run({ agent: 'critic' }, () => Promise.resolve(), { detached: true });
      });
    });
    expect(recorded).toMatchObject({
      'agent_subagents_total{parent="planner",child="writer"}': 1,
      'agent_subagents_total{parent="writer",child="critic"}': 1,
      'agent_subagents_total{parent="planner",child="critic"}': 1,
      agent_subagent_depth_count: 3,
    });
    const runs = spans.named('agent.run');
    const planner = runs.at(-1);
    const [nested, writer, detached] = runs;
    expect(nested?.parentSpanContext?.spanId).toBe(writer?.spanContext().spanId);
    expect(writer?.parentSpanContext?.spanId).toBe(planner?.spanContext().spanId);
    expect(detached?.parentSpanContext).toBeUndefined();
    expect(detached?.spanContext().traceId).not.toBe(planner?.spanContext().traceId);
    expect(detached?.links.map(({ context }) => context.spanId)).toEqual([planner?.spanContext().spanId]);
  });

  test('the gauge of active runs comes back to where it was', async () => {
    let inside = {};
    const recorded = await changes(async () => {
      inside = await changes(() => {
        agents.startRun({ agent: 'planner' });
      }, /^agent_active_runs/);
    }, /^agent_active_runs/);
    expect([inside, recorded]).toEqual([
      { 'agent_active_runs{agent="planner"}': 1 },
      { 'agent_active_runs{agent="planner"}': 1 },
    ]);
    const whole = await changes(async () => {
      const run = agents.startRun({ agent: 'planner' });
      run.end();
      run.fail(new Error('passed over'));
      await agents.run({ agent: 'planner' }, () => Promise.reject(new Error('no'))).catch(() => undefined);
    }, /^agent_active_runs/);
    expect(whole).toEqual({});
  });

  test('a budget aborts, and is the outcome of the run', async () => {
    const client = agents.wrapOpenAI(clientOf(10));
    const attempt = (budget: object): Promise<unknown> =>
      agents
        .run(
          { agent: 'planner' },
          async (run) => {
            for (let turn = 0; turn < 10; turn += 1) {
              await client.chat.completions.create({ model: 'm' });
              run.budget?.signal.throwIfAborted();
            }
            return 'done';
          },
          { budget },
        )
        .catch((error: unknown) => error);
    expect(await attempt({ usd: 0.05 })).toBeInstanceOf(BudgetExceededError);
    expect(await attempt({ tokens: 100 })).toMatchObject({ limit: 'tokens' });
    expect(await attempt({ steps: 3 })).toMatchObject({ limit: 'steps' });
    expect(await attempt({ usd: 1, tokens: 200, steps: 10 })).toBe('done');
    expect(outcomes()).toEqual(['budget_exceeded', 'budget_exceeded', 'max_steps', 'completed']);
  });

  test('a nested agent takes from the budget of the run above it', async () => {
    const client = agents.wrapOpenAI(clientOf(10));
    await agents.run(
      { agent: 'planner' },
      async (run) => {
        await agents.run({ agent: 'writer' }, () => client.chat.completions.create({ model: 'm' }));
        await agents.run({ agent: 'writer' }, () => client.chat.completions.create({ model: 'm' }), {
          detached: true,
        });
        expect(run.budget?.spent.tokens).toBe(20);
      },
      { budget: { tokens: 1000 } },
    );
  });

  test.each([
    ['AbortError', 'cancelled'],
    ['TimeoutError', 'timeout'],
    ['MaxTurnsExceededError', 'max_steps'],
    ['InputGuardrailTripwireTriggered', 'policy_denied'],
    ['LoopDetectedError', 'loop_detected'],
    ['RangeError', 'error'],
  ])('a %s ends it as %s, and comes through', async (name, outcome) => {
    const error = Object.assign(new Error('no'), { name });
    await expect(agents.run({ agent: 'planner' }, () => Promise.reject(error))).rejects.toBe(error);
    expect(() =>
      agents.run({ agent: 'planner' }, () => {
        throw error;
      }),
    ).toThrow(error);
    expect(outcomes()).toEqual([outcome, outcome]);
  });

  test('what the program says wins', async () => {
    await agents
      .run({ agent: 'planner' }, async (run) => {
        run.outcome('policy_denied');
        await Promise.reject(Object.assign(new Error('no'), { name: 'AbortError' }));
      })
      .catch(() => undefined);
    expect(outcomes()).toEqual(['policy_denied']);
  });

  test('fallbacks and retries of the program itself', async () => {
    const recorded = await changes(() => {
      agents.fellBack('m', 'n', Object.assign(new Error('slow down'), { status: 429 }));
      agents.retried('m', Object.assign(new Error('late'), { name: 'TimeoutError' }));
    });
    expect(recorded).toEqual({
      'agent_model_fallbacks_total{from_model="m",to_model="n",reason="rate_limit"}': 1,
      'agent_model_retries_total{model="m",reason="timeout"}': 1,
    });
  });
});

test('the preset agent alone counts tokens, and has no prices', async () => {
  const { agents } = helpersOf(plainAgentSpec);
  const client = agents.wrapOpenAI(clientOf(10));
  const recorded = await changes(
    () => client.chat.completions.create({ model: 'm' }),
    /^agent_(tokens|cost|unpriced)/,
  );
  expect(Object.keys(recorded)).toHaveLength(2);
});
