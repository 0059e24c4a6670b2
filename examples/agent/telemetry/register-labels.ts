import { labels } from '../../../generated/index.js';
import type { Config } from '../config.js';
import { routes } from '../http/routes.js';
import type { Toolbox } from '../tools/toolbox.js';

/** Tells the helpers which names there are: from here on, any other name is counted as __other__. */
export function registerLabels(config: Config, toolbox: Toolbox): void {
  const agents = [...config.agents.keys()];
  for (const label of [labels.agentAgent, labels.agentParent, labels.agentChild, labels.costAgent])
    label.register(agents);
  for (const label of [
    labels.agentModel,
    labels.agentFromModel,
    labels.agentToModel,
    labels.costModel,
    labels.requestedModel,
  ])
    label.register(config.models);
  labels.agentTool.register([...toolbox.keys()]);
  labels.httpRoute.register(routes);
  labels.queueQueue.register(['tasks']);
  labels.policyPolicy.register(['document-access', 'document-instructions']);
  labels.sandboxRuntime.register(['node']);
}
