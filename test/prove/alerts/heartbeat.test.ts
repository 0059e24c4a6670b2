import { expect, it } from 'vitest';
import { ruleFile } from '../../../src/emit/prometheus/rule-file.js';
import { heartbeatSuites } from '../../../src/prove/alerts/heartbeat.js';
import { testDocument } from '../../../src/prove/test-file.js';
import { modelOf } from '../../support/model.js';
import { describeWithPromtool, promtool } from '../../support/promtool.js';

function spec(alertmanager: string): string {
  return `version: 1
service: { name: shop-front, owner: shop, runbooks: 'https://runbooks.example.com/{{shop}}' }
target: { prometheus: { evaluationInterval: 20s } }
stack: { alertmanager: ${alertmanager} }
`;
}

const hook = "webhook: { url: 'http://localhost:9/beat' }";

describeWithPromtool('the heartbeat', () => {
  it('fires from the first evaluation on', () => {
    const [suite, ...others] = heartbeatSuites(modelOf(spec(`{ deadMansSwitch: { ${hook} } }`)));
    if (suite === undefined) throw new Error('there is no suite');
    expect(others).toEqual([]);
    expect(suite).toMatchObject({ id: 'alert-ShopFrontHeartbeat', untested: [] });
    const run = (rules: string): ReturnType<typeof promtool> =>
      promtool(['test', 'rules', 'suite.test.yaml'], {
        'rules.yaml': rules,
        'suite.test.yaml': testDocument(['rules.yaml'], ['shop-front:heartbeat'], 20, suite.scenarios),
      });
    expect(run(ruleFile(suite.groups)).output).toContain('SUCCESS');
    // The test can fail.
    expect(run(ruleFile(suite.groups).replace('vector(1)', 'vector(1) > 1')).status).toBe(1);
    expect(run(ruleFile(suite.groups).replace('severity: none', 'severity: page')).status).toBe(1);
  });

  it('is not made where nothing listens to it', () => {
    expect(heartbeatSuites(modelOf(spec('{}')))).toEqual([]);
  });
});
