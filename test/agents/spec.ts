/** A service with every preset that the helpers of agents and of cost record into. */
export const agentSpec = `version: 1
service: { name: tested-agent, namespace: tests, owner: tests }
presets: [agent, cost, sandbox, policy, cache, queue]
cost: { currency: USD }
correlation: { header: x-correlation-id }
`;

/** The same with the preset \`agent\` alone. */
export const plainAgentSpec = `version: 1
service: { name: plain-agent, namespace: tests, owner: tests }
presets: [agent]
`;

/** What a service does with the helpers: the types of what it wraps come through. */
export const serviceProgram = `import { agents, cost } from './index.js';
class Client { readonly name = 'c'; #secret = 1; get secret(): number { return this.#secret; } }
export const client: Client = agents.wrapOpenAI(new Client());
export const search: (query: string, limit?: number) => Promise<string[]> = agents.wrapTool('search', (query: string, limit = 3) => Promise.resolve([query, String(limit)]));
export const answer: Promise<number> = agents.run({ agent: 'planner' }, async (run) => {
  run.step();
  run.outcome('max_steps');
  return run.cost + cost.of('m', run.usage).amount;
}, { budget: { usd: 1 } });
// @ts-expect-error -- no outcome of a run
agents.run({ agent: 'planner' }, (run) => { run.outcome('nope'); });
export const tools: { search: (query: string) => string } = agents.wrapTools({ search: (query: string) => query });
export const signal: { readonly aborted: boolean } = cost.budget({ tokens: 10 }).signal;
`;

/** Specs with more and less of what the helpers of agents and of cost are made from. */
export const agentSpecs = {
  'all presets': agentSpec,
  'the preset agent alone': plainAgentSpec,
  'no span of a run': `${plainAgentSpec}spans: { agent.run: null }\n`,
  'cost without the preset':
    'version: 1\nservice: { name: only-cost }\ncost: { currency: EUR, prices: /etc/prices.json }\n',
} as const;
