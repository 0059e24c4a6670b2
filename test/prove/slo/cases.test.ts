import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sloSuite } from '../../../src/prove/slo/index.js';
import { modelOf } from '../../support/model.js';
import { isLong } from '../../support/long.js';
import { describeWithPromtool } from '../../support/promtool.js';
import { runSuite, simulated } from './run.js';

const specs = [
  'observability.yaml',
  'test/cases/research-agent/observability.yaml',
  'test/cases/ims-core/observability.yaml',
  'test/cases/alex/observability.yaml',
];

/** Every objective of every spec, by a name that says which. */
const objectives = specs.flatMap((spec) => {
  const model = modelOf(readFileSync(spec, 'utf8'));
  return [...model.slos.values()].map((slo) => ({ name: `${spec}: ${slo.name}`, model, slo }));
});

describeWithPromtool('the tests of the objectives of real specs', () => {
  it.each(objectives)('pass: $name', ({ name, model, slo }) => {
    const suite = sloSuite(model, slo);
    expect(suite.untested).toEqual([]);
    expect(simulated(suite)).toEqual([]);
    // Those of this repository are run by `obs-gen test`, as CI does; promtool's answer on the others takes minutes.
    if (!isLong) return;
    const { passed, output, took } = runSuite(model, suite);
    expect(passed, output).toBe(true);
    const total = Object.values(took).reduce((sum, each) => sum + each, 0);
    process.stdout.write(`${name}: ${suite.scenarios.length} scenarios, ${(total / 1000).toFixed(1)} s\n`);
  });
});
