import { evaluate } from './expression.js';
import type { Tool } from './tool.js';

/** Arithmetic, without eval. */
export const calculator: Tool = {
  name: 'calculator',
  description: 'Evaluates an arithmetic expression with + - * / ^ % and parentheses.',
  parameters: {
    type: 'object',
    properties: { expression: { type: 'string', description: 'For example (17% * 2340) + 5.' } },
    required: ['expression'],
  },
  async execute({ expression }) {
    return Promise.resolve(String(evaluate(String(expression))));
  },
};
