import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { alertmanagerFile } from '../../../src/emit/alertmanager/emitter.js';
import { routeTests } from '../../../src/emit/alertmanager/route-tests.js';
import { severities, type Severity } from '../../../src/alertmanager/settings.js';
import { diagnosticsOf, modelOf } from '../../support/model.js';
import '../../support/seed.js';

interface Route {
  readonly receiver: string;
  readonly matchers?: readonly string[];
  readonly routes?: readonly Route[];
}

interface Config {
  readonly route: Route;
  readonly receivers: readonly { readonly name: string }[];
}

/** As Alertmanager goes through the tree: the first child that matches, or else the node itself. */
function reached({ receiver, routes = [] }: Route, labels: ReadonlyMap<string, string>): string {
  const child = routes.find(({ matchers = [] }) =>
    matchers.every((matcher) => {
      const [, label = '', value] = /^(\w+)="(.*)"$/.exec(matcher) ?? [];
      return labels.get(label) === value;
    }),
  );
  return child === undefined ? receiver : reached(child, labels);
}

function specOf(receivers: readonly string[], alerts: readonly Severity[], hasObjective: boolean): string {
  const hook = { webhook: { url: 'http://localhost:9/hook' } };
  return JSON.stringify({
    version: 1,
    service: { name: 'shop' },
    external: { depth: { type: 'gauge', labels: [] } },
    metrics: { orders_total: { type: 'counter', help: 'Orders.', labels: ['outcome'] } },
    labels: { outcome: { description: 'How it ended.', values: ['ok', 'failed'] } },
    ...(hasObjective && {
      slis: { orders: { events: { total: 'orders_total', bad: 'orders_total{outcome="failed"}' } } },
      slos: { orders: { sli: 'orders', objective: 99, period: '30d' } },
    }),
    alerts: Object.fromEntries(
      alerts.map((severity, index) => [`Alert${index}`, { expr: 'depth > 1', severity, summary: 'Deep.' }]),
    ),
    stack: { alertmanager: Object.fromEntries(receivers.map((receiver) => [receiver, hook])) },
  });
}

describe('the routes of any spec', () => {
  it('lead every alert to its receiver, its own or the next louder one, or the spec is refused', () => {
    fc.assert(
      fc.property(
        fc.subarray(['page', 'ticket', 'info', 'deadMansSwitch']),
        fc.array(fc.constantFrom(...severities), { maxLength: 4 }),
        fc.boolean(),
        (receivers, alerts, hasObjective) => {
          const text = specOf(receivers, alerts, hasObjective);
          const used = new Set<Severity>([...alerts, ...(hasObjective ? (['page', 'ticket'] as const) : [])]);
          const expected = (severity: string | undefined): string | undefined => {
            const at = severities.findIndex((each) => each === severity);
            return severities
              .slice(0, at + 1)
              .reverse()
              .find((each) => receivers.includes(each));
          };
          const unheard = [...used].filter((severity) => expected(severity) === undefined);
          const refused = diagnosticsOf(text).filter(({ code }) => code === 'OBS3330');
          expect(refused).toHaveLength(unheard.length);
          if (unheard.length > 0) return;

          const model = modelOf(text);
          const [file] = alertmanagerFile.files(model);
          expect(file === undefined).toBe(receivers.length === 0);
          if (file === undefined) return;
          const config = parse(file.content) as Config;
          const names = config.receivers.map(({ name }) => name);
          expect(new Set(names).size).toBe(names.length);
          for (const test of routeTests(model)) {
            const severity = test.labels.get('severity');
            const receiver = severity === 'none' ? 'heartbeat' : expected(severity);
            expect(test.receivers).toEqual([receiver]);
            expect(names).toContain(reached(config.route, test.labels));
            expect(reached(config.route, test.labels)).toBe(receiver);
          }
          // Alerts of others reach neither the dead man's switch nor a receiver that is not there.
          const other = reached(config.route, new Map([['alertname', 'Other']]));
          expect(other).not.toBe('heartbeat');
          expect(names).toContain(other);
        },
      ),
      { numRuns: 60 },
    );
  });
});
