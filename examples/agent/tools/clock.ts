import type { Tool } from './tool.js';

/** What time it is: models do not know. */
export const clock: Tool = {
  name: 'clock',
  description: 'The current date and time, UTC.',
  parameters: { type: 'object', properties: {}, required: [] },
  async execute() {
    return Promise.resolve(new Date().toISOString());
  },
};
