import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grafanaDashboards } from '../../../src/emit/grafana/emitter.js';
import { ruleGroupFiles } from '../../../src/emit/prometheus/files.js';
import { renameRuleFile } from '../../../src/renames/groups.js';
import type { Model } from '../../../src/model/model.js';
import { parsePromql } from '../../../src/promql/parse.js';
import { printPromql } from '../../../src/promql/print.js';
import type { Expr } from '../../../src/promql/ast.js';
import { selectors, transform } from '../../../src/promql/walk.js';
import { modelOf } from '../../support/model.js';
import { missingProgram } from '../../support/program.js';
import { RunningProgram } from '../../support/running-program.js';
import { newName, newSpec, oldSpec } from './renamed-spec.js';

/** Seconds between scrapes, and the hours that the migration is watched for. */
const step = 30;
const hours = 5;
/** A whole day ago: blocks must not lie in the future. */
const start = Math.floor(Date.now() / 1000 / 7200) * 7200 - 86_400;
const minutes = (count: number): number => start + count * 60;

/**
 * Instances of the service by the times of their starts: with the old name alone, with both, with the new name alone. The first three stay
 * where they are, as on machines of their own, so that one series goes from name to name; of the last two, one takes the other's place.
 */
const instances = [
  { name: 'a', from: minutes(0), both: minutes(80), now: minutes(200), to: minutes(hours * 60) },
  { name: 'b', from: minutes(0), both: minutes(90), now: minutes(210), to: minutes(hours * 60) },
  { name: 'c', from: minutes(0), both: minutes(100), now: minutes(220), to: minutes(hours * 60) },
  { name: 'd-1', from: minutes(0), both: minutes(110), now: minutes(110), to: minutes(110) },
  { name: 'd-2', from: minutes(110), both: minutes(110), now: minutes(230), to: minutes(hours * 60) },
] as const;

const bounds = ['0.5', '1', '2', '4', '8', '+Inf'];

/** What an instance counts a second, which changes over the hours. */
function rateAt(time: number, agent: number, outcome: number): number {
  const wave = 1 + Math.sin((time - start) / 1700 + agent);
  return [0.4, 0.02, 0.01][outcome] === undefined
    ? 0
    : ([0.4, 0.02, 0.01][outcome] ?? 0) * wave * (agent + 1);
}

/** All series of an instance at a time, under the old names; counters since its last start. */
function seriesAt(
  instance: (typeof instances)[number],
  time: number,
): readonly (readonly [string, string, number])[] {
  const begun = [instance.now, instance.both, instance.from].find((each) => each <= time) ?? instance.from;
  const found: (readonly [string, string, number])[] = [];
  const own = `job="shop",instance="${instance.name}"`;
  for (const [agent, name] of ['planner', 'writer'].entries()) {
    const counted = (outcome: number): number => {
      let sum = 0;
      for (let at = begun + step; at <= time; at += step)
        sum += Math.round(rateAt(at, agent, outcome) * step);
      return sum;
    };
    const counts = [counted(0), counted(1), counted(2)] as const;
    for (const [outcome, word] of ['completed', 'failed', 'cancelled'].entries())
      found.push(['shop_jobs_total', `${own},agent="${name}",outcome="${word}"`, counts[outcome] ?? 0]);
    const all = counts[0] + counts[1];
    for (const [index, bound] of bounds.entries())
      found.push([
        'shop_job_duration_seconds_bucket',
        `${own},agent="${name}",le="${bound}"`,
        Math.round((all * (index + 1)) / bounds.length),
      ]);
    found.push(['shop_job_duration_seconds_count', `${own},agent="${name}"`, all]);
    found.push(['shop_job_duration_seconds_sum', `${own},agent="${name}"`, all * 1.5]);
  }
  found.push(['shop_backlog', own, Math.round(30 + 30 * Math.sin((time - start) / 2300))]);
  return found;
}

/** What Prometheus would have scraped: each series as it is exposed, and beside it under a name that never changes. */
function* scraped(): Iterable<string> {
  for (let time = start; time < minutes(hours * 60); time += step) {
    for (const instance of instances) {
      if (time < instance.from || time >= instance.to) continue;
      for (const [name, labels, value] of seriesAt(instance, time)) {
        const line = (series: string): string => `${series}{${labels}} ${value} ${time}\n`;
        yield line(`truth_${name}`);
        if (time < instance.now || instance.to <= instance.now) yield line(name);
        if (time >= instance.both) yield line(newName(name) ?? name);
      }
    }
  }
  yield '# EOF\n';
}

/** What is asked of the service: the rules that read what it exposes, and the panels. */
function questions(model: Model): ReadonlyMap<string, Expr> {
  const bridges = renameRuleFile(model);
  const rules = ruleGroupFiles(model)
    .filter(({ path }) => path !== bridges)
    .flatMap(({ groups }) => groups.flatMap((group) => group.rules))
    .filter(({ expr }) => selectors(expr).some(({ metric }) => metric?.startsWith('shop_') === true))
    .map(
      (rule) =>
        [
          rule.kind === 'record' ? `${rule.record} ${rule.labels.get('slo') ?? ''}` : rule.alert,
          rule.expr,
        ] as const,
    );
  const board = grafanaDashboards.files(model).find(({ path }) => path.includes('overview'));
  const panels = [...(board?.content ?? '').matchAll(/"expr": ("(?:[^"\\]|\\.)*")/g)]
    .map(([, text]) => JSON.parse(text ?? '""') as string)
    .filter((query) => query.includes('shop_') && !query.includes('ALERTS'))
    .map((query) => query.replace(/\$(?:job|instance|agent)\b/g, '.+').replaceAll('$__rate_interval', '5m'));
  const read = panels.map((query, index) => {
    const { expr } = parsePromql(query);
    if (expr === undefined) throw new Error(`cannot read ${query}`);
    return [`panel ${index + 1}`, expr] as const;
  });
  return new Map([...rules, ...read]);
}

/** The same question of the series whose names never change. */
function ofTruth(expr: Expr): Expr {
  return transform(expr, (each) =>
    each.kind === 'selector' && each.metric?.startsWith('shop_') === true
      ? { ...each, metric: `truth_${each.metric}` }
      : each,
  );
}

type Answer = ReadonlyMap<string, ReadonlyMap<number, number>>;

describe.skipIf(missingProgram('prometheus') || missingProgram('promtool'))(
  'a renaming, in Prometheus',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'obs-gen-rename-'));
    const [before, after] = [questions(modelOf(oldSpec)), questions(modelOf(newSpec))];
    let prometheus: RunningProgram;

    beforeAll(async () => {
      writeFileSync(join(folder, 'series.om'), [...scraped()].join(''));
      const made = spawnSync('promtool', [
        'tsdb',
        'create-blocks-from',
        'openmetrics',
        '--quiet',
        join(folder, 'series.om'),
        join(folder, 'data'),
      ]);
      expect(made.stderr.toString()).toBe('');
      writeFileSync(join(folder, 'prometheus.yaml'), 'global: { scrape_interval: 1m }\n');
      prometheus = await RunningProgram.start('prometheus', (listen) => [
        `--config.file=${join(folder, 'prometheus.yaml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=${listen}`,
      ]);
    });

    afterAll(async () => {
      await prometheus.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    async function answer(expr: Expr): Promise<Answer> {
      const search = new URLSearchParams({
        query: printPromql(expr),
        // The first half hour is too short a past for the widest of the windows.
        start: String(minutes(40)),
        end: String(minutes(hours * 60 - 1)),
        step: '60',
      });
      const { data } = (await prometheus.get(`/api/v1/query_range?${search.toString()}`)) as {
        data: {
          result: readonly {
            metric: Record<string, string>;
            values: readonly (readonly [number, string])[];
          }[];
        };
      };
      return new Map(
        data.result.map(({ metric, values }) => [
          JSON.stringify(
            Object.entries(metric)
              .filter(([label]) => label !== '__name__')
              .sort(),
          ),
          new Map(values.map(([time, value]) => [time, Number(value)])),
        ]),
      );
    }

    /** The times at which two answers differ, by more than the last digits of a sum in another order. */
    function differences(one: Answer, other: Answer): readonly number[] {
      const times = new Set<number>();
      for (const key of new Set([...one.keys(), ...other.keys()])) {
        const [left, right] = [one.get(key), other.get(key)];
        for (const time of new Set([...(left?.keys() ?? []), ...(right?.keys() ?? [])])) {
          const [a, b] = [left?.get(time), right?.get(time)];
          const isSame =
            a !== undefined &&
            b !== undefined &&
            (Object.is(a, b) || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a)));
          if (!isSame) times.add(time);
        }
      }
      return [...times].sort((a, b) => a - b);
    }

    it('asks the same questions of both specs', () => {
      expect([...after.keys()]).toEqual([...before.keys()]);
      expect(before.size).toBeGreaterThan(15);
    });

    it.each([...before.keys()])('%s has one answer before, while and after', async (name) => {
      const [old, now] = [before.get(name), after.get(name)];
      if (old === undefined || now === undefined) throw new Error('the question is gone');
      const isWide = /6h|2h/.test(name);
      const [truth, found] = [await answer(ofTruth(old)), await answer(now)];
      if (!['BacklogUnknown'].includes(name)) expect(truth.size).toBeGreaterThan(0);
      // A window that reaches from before the new name to after the old one is covered by neither: both are exposed for two hours here.
      const seen = isWide
        ? differences(truth, found).filter((time) => time < minutes(200))
        : differences(truth, found);
      expect(seen).toEqual([]);
    });

    it('is not answered by the new name alone, nor by whichever of the names comes first', async () => {
      const truth = await answer(parse('sum(rate(truth_shop_jobs_total[10m]))'));
      const alone = await answer(parse('sum(rate(shop_runs_total[10m]))'));
      const either = await answer(parse('sum(rate(shop_runs_total[10m]) or rate(shop_jobs_total[10m]))'));
      const other = await answer(parse('sum(rate(shop_jobs_total[10m]) or rate(shop_runs_total[10m]))'));
      const both = await answer(parse('sum(rate(shop_jobs_total[10m])) + sum(rate(shop_runs_total[10m]))'));
      for (const wrong of [alone, either, other, both])
        expect(differences(truth, wrong).length).toBeGreaterThan(0);
    });
  },
);

function parse(query: string): Expr {
  const { expr } = parsePromql(query);
  if (expr === undefined) throw new Error(`cannot read ${query}`);
  return expr;
}
