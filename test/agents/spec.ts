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
