import { readFileSync } from 'node:fs';
import { prometheusRules } from '../../../src/emit/prometheus/emitter.js';
import type { Model } from '../../../src/model/model.js';
import { alertSuites } from '../../../src/prove/alerts/index.js';
import type { Suite } from '../../../src/prove/suite.js';
import { testDocument } from '../../../src/prove/test-file.js';
import { modelOf } from '../../support/model.js';
import { promtool } from '../../support/promtool.js';
import { ruleFile } from '../../../src/emit/prometheus/rule-file.js';

/** The model of a spec of this repository. */
export function modelOfFile(path: string): Model {
  return modelOf(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'));
}

/** The suite of one alert. */
export function suiteOf(model: Model, alert: string): Suite {
  const suites = alertSuites(model, (rule) => rule.alert === alert);
  const suite = suites.find(({ id }) => id === `alert-${alert}`);
  if (suite === undefined) throw new Error(`there is no alert ${alert}`);
  return suite;
}

/** What promtool says of a suite that is run against its own rules; nothing where all is well. */
export function failures(suite: Suite): string {
  const paces = [...new Set(suite.scenarios.map(({ evaluationInterval }) => evaluationInterval))];
  const order = suite.groups.map(({ name }) => name);
  return paces
    .map((pace) => {
      const scenarios = suite.scenarios.filter(({ evaluationInterval }) => evaluationInterval === pace);
      const { status, output } = promtool(['test', 'rules', 'suite.test.yaml'], {
        'rules.yaml': ruleFile(suite.groups),
        'suite.test.yaml': testDocument(['rules.yaml'], order, pace, scenarios),
      });
      return status === 0 ? '' : output;
    })
    .join('');
}

/** The rule files of a model, by the last part of their path. */
export function filesOf(model: Model): Readonly<Record<string, string>> {
  return Object.fromEntries(
    prometheusRules.files(model).map(({ path, content }) => [path.replace(/^.*\//, ''), content]),
  );
}
