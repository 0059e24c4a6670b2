import { alertRuleFile } from '../../emit/prometheus/files.js';
import { heartbeatGroups } from '../../alerts/heartbeat.js';
import type { Model } from '../../model/model.js';
import type { Suite } from '../suite.js';
import { firing, identity } from './subject.js';

/** How long the heartbeat is watched, in evaluations. */
const watched = 20;

/** The test of the alert that always fires; none where no dead man's switch listens to it. */
export function heartbeatSuites(model: Model): readonly Suite[] {
  return heartbeatGroups(model).flatMap((group) =>
    group.rules.flatMap((rule): readonly Suite[] => {
      if (rule.kind !== 'alert') return [];
      const pace = group.interval;
      const name = identity(rule, pace, new Map(), 1);
      const checks = [0, 1, watched].map((evaluation) => firing(rule, evaluation * pace));
      return [
        {
          id: `alert-${rule.alert}`,
          subject: 'stack.alertmanager.deadMansSwitch',
          ruleFile: alertRuleFile(model),
          groups: [group],
          scenarios: [
            {
              name: `${rule.alert}: fires from the first evaluation on, without any series`,
              interval: pace,
              evaluationInterval: pace,
              series: [],
              checks: name === undefined ? checks : [...checks, name],
            },
          ],
          untested: [],
        },
      ];
    }),
  );
}
