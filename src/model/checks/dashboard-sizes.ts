import { allDashboards } from '../../dashboards/index.js';
import { diagnostic } from '../../diagnostics/create.js';
import { dashboardConfigMap } from '../../emit/kubernetes/config-map.js';
import {
  annotationsSize,
  dataSize,
  largestAnnotations,
  largestConfigMap,
} from '../../emit/kubernetes/size.js';
import { recordedNames } from '../../slo/recorded-names.js';
import type { Model } from '../model.js';
import { queriesOf } from './query-list.js';
import type { Rule } from './rule.js';

/** Whether dashboards can be built as they are meant: what is wrong with a query, an objective or an alert has been reported. */
function isWhole(model: Model): boolean {
  return (
    recordedNames(model) !== undefined &&
    [...model.alerts.values()].every(({ repaired }) => repaired.size === 0) &&
    queriesOf(model).every(({ query }) => query.expr !== undefined)
  );
}

/** `1.4 times`; rounded up, so that it is never one. */
function times(bytes: number, limit: number): string {
  return `${(Math.ceil((bytes / limit) * 10) / 10).toFixed(1)} times`;
}

/** OBS3550 and OBS3551: each dashboard fits into its ConfigMap. */
export const dashboardSizes: Rule = function* ({ model }) {
  if (model.sections.stack?.kubernetes === undefined || !isWhole(model)) return;
  for (const dashboard of allDashboards(model)) {
    const { name, topic, origin, repaired } = dashboard;
    if (repaired.size > 0) continue;
    const configMap = dashboardConfigMap(model, dashboard);
    const data = dataSize(configMap);
    const annotations = annotationsSize(configMap);
    const smaller =
      topic === undefined
        ? 'make several dashboards of it'
        : `write a smaller one of this name, or leave \`${topic}\` out of \`target.grafana.boards\``;
    if (data > largestConfigMap) {
      yield diagnostic('OBS3551', {
        message: `the JSON of \`${name}\` is ${times(data, largestConfigMap)} as large as the ${largestConfigMap} bytes that a ConfigMap holds`,
        range: origin.key,
        help: smaller,
      });
    } else if (annotations > largestAnnotations) {
      yield diagnostic('OBS3550', {
        message: `the ConfigMap of \`${name}\` is ${times(annotations, largestAnnotations)} as large as the ${largestAnnotations} bytes that plain \`kubectl apply\` can remember`,
        range: origin.key,
        help: `apply it with \`kubectl apply --server-side\`; or ${smaller}`,
      });
    }
  }
};
