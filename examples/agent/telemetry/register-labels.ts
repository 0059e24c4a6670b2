import { labels } from '../../../generated/index.js';
import type { Config } from '../config.js';
import { routes } from '../http/routes.js';
import type { Toolbox } from '../tools/toolbox.js';

/** Tells the helpers which names there are: from here on, any other name is counted as __other__. */
export function registerLabels(config: Config, toolbox: Toolbox): void {
  const agents = [...config.agents.keys()];
  labels.agentAgent.register(agents);
  labels.agentModel.register(config.models);
  labels.agentFromModel.register(config.models);
  labels.agentToModel.register(config.models);
  labels.agentTool.register([...toolbox.keys()]);
  labels.costAgent.register(agents);
  labels.costModel.register(config.models);
  labels.httpRoute.register(routes);
  labels.queueQueue.register(['tasks']);
  labels.requestedModel.register(config.models);
  labels.securityEvent.register(['prompt.injection']);
}
