import { agents, health } from '../../generated/index.js';
import { authorization, type Endpoint } from './model/client.js';
import { calculate } from './tools/calculator.js';

/** Says how the components of /health/detailed are checked. */
export function checkHealth(endpoint: Endpoint): void {
  health.modelApi.check(async (signal) => {
    const response = await fetch(`${endpoint.baseUrl}/models`, { headers: authorization(endpoint), signal });
    return response.ok;
  });
  health.calculator.check(async (signal) => {
    const isUp = (await calculate('6 * 7', signal).catch(() => '')) === '42';
    agents.sandbox('node').up(isUp);
    return isUp;
  });
}
