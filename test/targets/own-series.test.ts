import { devicesSeen } from '../../src/gpu/dcgm/records.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ruleGroupFiles } from '../../src/emit/prometheus/files.js';
import { anomalyNames } from '../../src/alerts/names.js';
import { ownSeries } from '../../src/model/own-series.js';
import { recordedNames } from '../../src/slo/recorded-names.js';
import { foldersIn } from '../support/directory.js';
import { diagnosticsOf } from '../support/model.js';
import { caseModels, caseText } from './case-models.js';

const runtime = join(import.meta.dirname, '..', '..', 'src', 'runtime');

describe('series that need no declaration', () => {
  it('are all that the runtime counts about itself', () => {
    const found = ['metrics/own-metrics.ts', 'aggregate/member-metrics.ts'].flatMap(
      (file) => readFileSync(join(runtime, file), 'utf8').match(/(?<=')obsgen_\w+(?=')/g) ?? [],
    );
    expect(found.sort()).toEqual([...ownSeries].sort());
  });

  it.each(caseModels())('are exactly what the rules of %s record', (_, model) => {
    const rules = ruleGroupFiles(model).flatMap(({ groups }) => groups.flatMap((group) => group.rules));
    const recorded = new Set(rules.flatMap((rule) => (rule.kind === 'record' ? [rule.record] : [])));
    const anomalies: ReadonlySet<string> = new Set(Object.values(anomalyNames));
    expect([...(recordedNames(model) ?? [])].sort()).toEqual(
      // What is recorded of a dcgm-exporter's series has the names of declared metrics, but for one that only those rules read. What joins the
      // two names of a metric is for queries outside of the spec: in it, the new name is enough.
      [...recorded]
        .filter((name) => !anomalies.has(name) && !model.metrics.has(name) && name !== devicesSeen)
        .filter((name) => !name.endsWith(':bridged'))
        .sort(),
    );
  });
});

/** A record that an alert reads, with what the checks say of it. */
function reading(query: string): readonly string[] {
  return diagnosticsOf(`
version: 1
service: { name: shop }
metrics:
  runs_total: { type: counter, help: Runs. }
  bad_runs_total: { type: counter, help: Bad runs. }
external:
  'slo:other:ratio': { type: gauge }
slis:
  runs: { events: { total: runs_total, bad: bad_runs_total } }
slos:
  runs: { sli: runs, objective: 99, period: 7d }
alerts:
  Read: { expr: '${query} > 1', severity: ticket, summary: x }
`)
    .filter(({ code }) => code === 'OBS3110')
    .map(({ message }) => message);
}

describe('a query for a recorded series', () => {
  it.each([
    'slo:sli_error:ratio_rate5m',
    'slo:sli_error:ratio_rate7d',
    'slo:period_error_budget_remaining:ratio',
    'slo_info',
    'slo:other:ratio',
  ])('finds %s', (name) => {
    expect(reading(name)).toEqual([]);
  });

  it.each([
    'slo:sli_error:ratio_rate30d',
    'slo:sli_erorr:ratio_rate5m',
    'sli:quantile:rate5m',
    'anomaly:usual',
  ])('does not find %s, which no rule records', (name) => {
    expect(reading(name)).toEqual([`unknown metric \`${name}\``]);
  });
});

describe('the specs of test/cases', () => {
  it.each(foldersIn(join(import.meta.dirname, '..', 'cases')))(
    '%s has no finding about its target',
    (name) => {
      expect(diagnosticsOf(caseText(name)).filter(({ code }) => code.startsWith('OBS36'))).toEqual([]);
    },
  );
});
