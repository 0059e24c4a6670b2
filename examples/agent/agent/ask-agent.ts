import type { Tool } from '../tools/tool.js';
import { runSubAgent, type RunOptions } from './run.js';

/** A tool by which an agent asks another one. */
export function askAgentTool(agent: string, description: string, options: () => RunOptions): Tool {
  return {
    name: `ask_${agent}`,
    description,
    parameters: {
      type: 'object',
      properties: {
        question: { type: 'string', description: 'All that it has to know, in a sentence or two.' },
      },
      required: ['question'],
    },
    execute: ({ question }, signal) =>
      runSubAgent({ agent, text: String(question), signal, publish: () => undefined }, options()),
  };
}
