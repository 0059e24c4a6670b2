import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { routeTests } from '../../../src/emit/alertmanager/route-tests.js';
import { kubernetesAlerting } from '../../../src/emit/kubernetes/alerting.js';
import type { SpecManifest } from '../../../src/emit/kubernetes/manifest.js';
import type { Model } from '../../../src/model/model.js';
import { models, shop } from '../../kubernetes/specs.js';
import { modelOf } from '../../support/model.js';

interface Matcher {
  readonly name: string;
  readonly matchType: string;
  readonly value: string;
}
interface Route {
  readonly receiver: string;
  readonly matchers: readonly Matcher[];
  readonly routes?: readonly Route[];
}
interface Config extends SpecManifest {
  readonly spec: { readonly route: Route; readonly receivers: readonly Readonly<Record<string, unknown>>[] };
}

function configsOf(model: Model): readonly Config[] {
  return kubernetesAlerting.files(model).map(({ content }) => parse(content) as Config);
}

/** As Alertmanager does it; every expression is anchored. */
function matches(labels: ReadonlyMap<string, string>, { name, matchType, value }: Matcher): boolean {
  const actual = labels.get(name) ?? '';
  if (matchType === '=') return actual === value;
  if (matchType === '!=') return actual !== value;
  return new RegExp(`^(?:${value})$`).test(actual);
}

function receiversOf(config: Config, labels: ReadonlyMap<string, string>): readonly string[] {
  const { route } = config.spec;
  if (!route.matchers.every((matcher) => matches(labels, matcher))) return [];
  const below = route.routes?.find(({ matchers }) => matchers.every((matcher) => matches(labels, matcher)));
  return [(below ?? route).receiver];
}

const told = (model: Model, labels: ReadonlyMap<string, string>): readonly string[] =>
  configsOf(model).flatMap((config) => receiversOf(config, labels));

describe('AlertmanagerConfigs', () => {
  it.each([...models()])('of "%s" tell whom the configuration of Alertmanager tells', (_, model) => {
    for (const { labels, receivers } of routeTests(model)) expect(told(model, labels)).toEqual(receivers);
  });

  it.each([...models()])(
    'of "%s" have the receivers that their routes lead to, and no others',
    (_, model) => {
      for (const { spec } of configsOf(model)) {
        const { route, receivers } = spec;
        const led = new Set([route.receiver, ...(route.routes ?? []).map(({ receiver }) => receiver)]);
        expect(new Set(receivers.map(({ name }) => name))).toEqual(led);
      }
    },
  );

  it('take no alert of another service, which would reach nobody else then', () => {
    const model = modelOf(shop('', 'namespace: telemetry'));
    for (const service of ['kitchen', ''])
      expect(
        told(
          model,
          new Map([
            ['alertname', 'ShopDown'],
            ['service', service],
            ['severity', 'page'],
          ]),
        ),
      ).toEqual([]);
  });

  it('tell of alerts whose series say which service they are of, once', () => {
    const text = shop('', 'namespace: telemetry').replace(
      'alerts:',
      "alerts:\n  Failing: { expr: 'sum by (service) (rate(orders_total[5m])) > 1', severity: page, summary: S }",
    );
    const model = modelOf(text);
    for (const service of ['shop', 'kitchen'])
      expect(
        told(
          model,
          new Map([
            ['alertname', 'Failing'],
            ['service', service],
            ['severity', 'page'],
          ]),
        ),
      ).toEqual(['page']);
  });

  it('refer to keys of one Secret instead of files, and say how it is made', () => {
    const [file] = kubernetesAlerting.files(modelOf(shop('', 'namespace: telemetry')));
    const { receivers } = (parse(file?.content ?? '') as Config).spec;
    expect(receivers[0]).toMatchObject({
      name: 'page',
      slackConfigs: [{ apiURL: { name: 'shop-alertmanager', key: 'slack' } }],
      pagerdutyConfigs: [{ routingKey: { name: 'shop-alertmanager', key: 'pagerduty' } }],
      opsgenieConfigs: [{ apiKey: { name: 'shop-alertmanager', key: 'opsgenie' } }],
    });
    const [mail] = (receivers[1]?.['emailConfigs'] ?? []) as readonly {
      readonly authPassword: { readonly key: string };
    }[];
    expect(file?.content).toMatch(
      `kubectl create secret generic shop-alertmanager --from-file=slack --from-file=pagerduty --from-file=opsgenie --from-file=${mail?.authPassword.key ?? ''}\n`,
    );
    expect(file?.content).not.toContain('/run/secrets');
  });

  it('sends mail that is not Alertmanager’s own page', () => {
    const [config] = configsOf(modelOf(shop('', 'namespace: telemetry')));
    const [mail] = (config?.spec.receivers[1]?.['emailConfigs'] ?? []) as readonly {
      readonly html: string;
    }[];
    expect(mail?.html).toMatch(/^<pre>[^]+<\/pre>$/);
  });

  it('do not send the end of a heartbeat', () => {
    const heartbeat = configsOf(modelOf(shop('', 'namespace: telemetry'))).at(-1);
    expect(heartbeat?.metadata.name).toBe('shop-heartbeat');
    expect(heartbeat?.spec.receivers).toEqual([
      {
        name: 'heartbeat',
        webhookConfigs: [{ sendResolved: false, urlSecret: { name: 'shop-alertmanager', key: 'heartbeat' } }],
      },
    ]);
  });

  it('say what the Alertmanager has to be told where the namespace is not known', () => {
    const [file] = kubernetesAlerting.files(modelOf(shop('', '')));
    expect(file?.content).toContain('alertmanagerConfigMatcherStrategy: { type: None }');
    const [known] = kubernetesAlerting.files(modelOf(shop('', 'namespace: telemetry')));
    expect(known?.content).not.toContain('alertmanagerConfigMatcherStrategy');
  });

  it('are not there where nobody is told', () => {
    const text = shop('', 'namespace: telemetry').replace(/ {2}alertmanager:\n(?: {4}.*\n)+/, '');
    expect(configsOf(modelOf(text))).toEqual([]);
  });
});
