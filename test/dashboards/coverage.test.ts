import { describe, expect, it } from 'vitest';
import { allDashboards } from '../../src/dashboards/index.js';
import { buildDashboard } from '../../src/emit/grafana/build.js';
import { environmentOf } from '../../src/model/analysis.js';
import type { Dashboard, Model } from '../../src/model/model.js';
import { seriesNamed } from '../../src/model/series.js';
import { analyse } from '../../src/promql/analysis/analyse.js';
import { parsePromql } from '../../src/promql/parse.js';
import { selectors } from '../../src/promql/walk.js';
import { presetNames } from '../../src/spec/presets.js';
import { modelOf } from '../support/model.js';
import { describeWithPromtool, refusals } from '../support/promtool.js';
import { cases, madeOf, modelOfCase, specWith } from './specs.js';

interface Query {
  readonly panel: string;
  readonly text: string;
}

interface Written {
  readonly title?: string;
  readonly panels?: readonly Written[];
  readonly targets?: readonly { readonly expr?: string; readonly datasource?: { readonly type: string } }[];
}

/** The PromQL of a dashboard as Grafana gets it, closed rows included. */
function queriesOf(model: Model, board: Dashboard): readonly Query[] {
  const walk = (panel: Written): readonly Query[] => [
    ...(panel.targets ?? []).flatMap(({ expr, datasource }) =>
      expr === undefined || datasource?.type !== 'prometheus'
        ? []
        : [{ panel: `${board.name}: ${panel.title ?? ''}`, text: expr }],
    ),
    ...(panel.panels ?? []).flatMap(walk),
  ];
  const json = JSON.parse(JSON.stringify(buildDashboard(model, board))) as {
    readonly panels: readonly Written[];
  };
  return json.panels.flatMap(walk);
}

function metricsRead(model: Model): ReadonlySet<string> {
  const exprs = allDashboards(model)
    .flatMap((board) => queriesOf(model, board))
    .flatMap(({ text }) => parsePromql(text).expr ?? []);
  return new Set(
    exprs
      .flatMap(selectors)
      .flatMap(({ metric }) => (metric === undefined ? [] : (seriesNamed(model, metric)?.metric.name ?? []))),
  );
}

const everything = specWith(`presets: [${presetNames.join(', ')}]`);
const models: readonly (readonly [string, () => Model])[] = [
  ...cases.map((name) => [name, () => modelOfCase(name)] as const),
  ['all presets', () => modelOf(everything)],
];

describe.each(models)('%s', (_, model) => {
  it('has every metric that it declares on some dashboard', () => {
    const read = metricsRead(model());
    expect([...model().metrics.keys()].filter((name) => !read.has(name))).toEqual([]);
  });

  it('asks nothing that cannot be read or makes no sense', () => {
    const environment = environmentOf(model());
    const faults = madeOf(model()).flatMap((board) =>
      queriesOf(model(), board).flatMap(({ panel, text }) => {
        const { expr, errors } = parsePromql(text);
        if (expr === undefined || errors.length > 0) return [`${panel}: ${text}`];
        return analyse(expr, environment, 'panel').findings.map(
          ({ message }) => `${panel}: ${message}: ${text}`,
        );
      }),
    );
    expect(faults).toEqual([]);
  });

  it('narrows by labels alone that something on the page carries', () => {
    for (const board of madeOf(model())) {
      const wires = new Set(
        queriesOf(model(), board)
          .flatMap(({ text }) => parsePromql(text).expr ?? [])
          .flatMap(selectors)
          .flatMap(({ matchers }) => matchers.filter(({ value }) => value.startsWith('$')))
          .map(({ label }) => label),
      );
      for (const { wire } of board.variables) expect([board.name, ...wires]).toContain(wire);
    }
  });
});

it('two models of one spec have the same dashboards', () => {
  const text = () => {
    const model = modelOf(everything);
    return JSON.stringify(madeOf(model).map((board) => buildDashboard(model, board)));
  };
  expect(text()).toBe(text());
});

/** What Grafana fills in. */
const filledIn: Readonly<Record<string, string>> = {
  $__rate_interval: '5m',
  $__interval: '1m',
  $__range: '1h',
};

describeWithPromtool('promtool', () => {
  it.each(models)('%s: takes every query', (_, model) => {
    const queries = madeOf(model()).flatMap((board) => queriesOf(model(), board));
    const texts = queries.map(({ text }) => text.replace(/\$__\w+/g, (name) => filledIn[name] ?? name));
    expect(texts.length).toBeGreaterThan(50);
    expect([...refusals(texts)].map(([index, reason]) => [texts[index], reason])).toEqual([]);
  });

  it('refuses what is none, so that the test above could fail', () => {
    expect([...refusals(['sum(', 'up']).keys()]).toEqual([0]);
  });
});
