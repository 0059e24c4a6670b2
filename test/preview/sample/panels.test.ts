import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allDashboards } from '../../../src/dashboards/index.js';
import { buildDashboard } from '../../../src/emit/grafana/build.js';
import { ruleGroupFiles } from '../../../src/emit/prometheus/files.js';
import { seriesNames } from '../../../src/model/series.js';
import { matcher, selector } from '../../../src/promql/build.js';
import { printPromql } from '../../../src/promql/print.js';
import { isLong } from '../../../src/preview/sample/rules/long.js';
import { sampleOf } from '../../../src/preview/sample/index.js';
import { isLong as longRun } from '../../support/long.js';
import { missingProgram } from '../../support/program.js';
import { modelOf } from '../../support/model.js';
import { otherQueriesOf, queriesOf } from './grafana-queries.js';
import { SampleServer } from './sample-server.js';

const root = new URL('../../../', import.meta.url);
const specs = {
  reference: 'observability.yaml',
  'ims-core': 'test/cases/ims-core/observability.yaml',
  ...(longRun && {
    'research-agent': 'test/cases/research-agent/observability.yaml',
    alex: 'test/cases/alex/observability.yaml',
  }),
};
/** A Saturday, one in the afternoon in UTC. */
const end = 1_795_266_000;

describe.skipIf(missingProgram('prometheus'))('what dashboards show of made-up data', () => {
  describe.each(Object.entries(specs))('%s', (_, path) => {
    const model = modelOf(readFileSync(new URL(path, root), 'utf8'));
    let server: SampleServer;
    beforeAll(async () => {
      server = await SampleServer.start(sampleOf(model, { end }), 'whole');
    });
    afterAll(() => server.stop());

    it('has series of every metric that is declared', async () => {
      const found = await server.query('count by (__name__) ({__name__!=""})', end);
      const names = new Set(found.map(({ metric }) => metric['__name__']));
      const declared = [...model.metrics.values()].flatMap((metric) => seriesNames(metric));
      const external = [...model.external.values()].filter(({ native }) => !native).map(({ name }) => name);
      expect(
        [...declared, ...external, 'up'].filter((name) => !names.has(name) && !names.has(`${name}_count`)),
      ).toEqual([]);
    });

    it('has recorded what Prometheus computes from the same series', async () => {
      const rules = ruleGroupFiles(model).flatMap(({ groups }) => groups.flatMap((group) => group.rules));
      const records = rules.filter((rule) => rule.kind === 'record');
      const names = new Set(records.map(({ record }) => record));
      // Sums over days are worked out from even steps of hours; they are not the same to the last digit.
      const near = records.filter((rule) => !isLong(rule, names));
      expect(near.length).toBeGreaterThan(5);
      const wrong: string[] = [];
      for (const { record, expr, labels } of near) {
        const matchers = [...labels].map(([name, value]) => matcher(name, '=', value));
        const kept = await server.query(printPromql(selector(record, matchers)), end);
        const computed = await server.query(printPromql(expr), end);
        const value = (series: Readonly<Record<string, string>>): number => {
          const isSame = (metric: Readonly<Record<string, string>>): boolean =>
            Object.entries({ ...series, ...Object.fromEntries(labels), __name__: record }).every(
              ([name, each]) => metric[name] === each,
            );
          return Number(kept.find(({ metric }) => isSame(metric))?.value?.[1]);
        };
        for (const { metric, value: found } of computed) {
          const [ours, theirs] = [value(metric), Number(found?.[1])];
          if (!(Math.abs(ours - theirs) <= 1e-9 * Math.abs(theirs)))
            wrong.push(`${record}: ${ours}, not ${theirs}`);
        }
      }
      expect(wrong).toEqual([]);
    });

    it('has lines and traces for every panel of them, and only failed ones where those are asked for', () => {
      const sample = sampleOf(model, { end });
      const empty: string[] = [];
      for (const dashboard of allDashboards(model)) {
        for (const { of, from, ...asked } of otherQueriesOf(buildDashboard(model, dashboard), { end })) {
          const times =
            asked.type === 'logs'
              ? sample.logs(asked.query).map(({ time }) => time)
              : sample.traces(asked.query).map(({ start }) => start);
          if (!times.some((time) => time >= from * 1000)) empty.push(`${of}: ${asked.query}`);
        }
      }
      expect(empty).toEqual([]);
      const failed = sample.traces(`{ resource.service.name = "${model.service.name}" && status = error }`);
      expect(failed.length).toBeGreaterThan(5);
      expect(failed.every(({ status }) => status === 'error')).toBe(true);
    });

    it('answers every query of every panel', async () => {
      const scrapeInterval = model.target.prometheus.scrapeInterval.seconds;
      const empty: string[] = [];
      for (const dashboard of allDashboards(model)) {
        for (const query of queriesOf(buildDashboard(model, dashboard), { end, scrapeInterval })) {
          if ((await server.send(query)).length === 0) empty.push(`${query.of}: ${query.expr}`);
        }
      }
      expect(empty).toEqual([]);
    });
  });
});

describe.skipIf(missingProgram('prometheus'))('what is there first', () => {
  it.each(Object.entries(specs))('breaks no panel of %s and leaves none empty', async (_, path) => {
    const model = modelOf(readFileSync(new URL(path, root), 'utf8'));
    const server = await SampleServer.start(sampleOf(model, { end }), 'recent');
    try {
      const scrapeInterval = model.target.prometheus.scrapeInterval.seconds;
      const empty: string[] = [];
      for (const dashboard of allDashboards(model)) {
        for (const query of queriesOf(buildDashboard(model, dashboard), { end, scrapeInterval })) {
          // An answer of Prometheus that is an error is thrown.
          if ((await server.send(query)).length === 0) empty.push(query.of);
        }
      }
      expect(empty).toEqual([]);
    } finally {
      await server.stop();
    }
  });
});
