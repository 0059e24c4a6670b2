import { heartbeatAlert } from '../../alertmanager/heartbeat.js';
import { alertmanagerOf, receiverOf, severities } from '../../alertmanager/settings.js';
import type { Model } from '../../model/model.js';
import { ruleGroupFiles } from '../prometheus/files.js';
import { heartbeatReceiver } from './routes.js';

/** An alert as Alertmanager gets it, and the receivers that must be told of it. */
export interface RouteTest {
  /** `alertname` among them; without those that come from the series. */
  readonly labels: ReadonlyMap<string, string>;
  readonly receivers: readonly string[];
}

/**
 * What the generated configuration has to do with every alert of the model, as its rules are and not as the routes were made:
 * `amtool config routes test --verify.receivers=RECEIVERS LABEL=VALUE…`. Empty where the spec has no Alertmanager.
 */
export function routeTests(model: Model): readonly RouteTest[] {
  const spec = alertmanagerOf(model);
  if (spec === undefined) return [];
  const heartbeat = heartbeatAlert(model);
  const rules = ruleGroupFiles(model).flatMap(({ groups }) => groups.flatMap((group) => group.rules));
  return rules.flatMap((rule) => {
    if (rule.kind !== 'alert') return [];
    const severity = severities.find((each) => each === rule.labels.get('severity'));
    const receiver = severity && receiverOf(spec, severity);
    // A value that is a template is filled in by Prometheus; no route looks at it.
    const fixed = [...rule.labels].filter(([, value]) => !value.includes('{{'));
    return [
      {
        labels: new Map([['alertname', rule.alert], ...fixed]),
        receivers: rule.alert === heartbeat ? [heartbeatReceiver] : receiver === undefined ? [] : [receiver],
      },
    ];
  });
}
