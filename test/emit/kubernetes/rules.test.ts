import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { kubernetesRules } from '../../../src/emit/kubernetes/rules.js';
import { annotationsSize, largestAnnotations } from '../../../src/emit/kubernetes/size.js';
import type { SpecManifest } from '../../../src/emit/kubernetes/manifest.js';
import { prometheusRules } from '../../../src/emit/prometheus/emitter.js';
import type { Model } from '../../../src/model/model.js';
import { models } from '../../kubernetes/specs.js';
import { modelOf } from '../../support/model.js';
import { describeWithPromtool, promtool } from '../../support/promtool.js';

interface Rule {
  readonly alert?: string;
  readonly labels?: Readonly<Record<string, string>>;
}
interface Group {
  readonly name: string;
  readonly rules: readonly Rule[];
}
interface PrometheusRule extends SpecManifest {
  readonly spec: { readonly groups: readonly Group[] };
}

function manifestsOf(model: Model): readonly PrometheusRule[] {
  return kubernetesRules.files(model).map(({ content }) => parse(content) as PrometheusRule);
}

function groupsOfFiles(model: Model): readonly Group[] {
  return prometheusRules
    .files(model)
    .flatMap(({ content }) => (parse(content) as { readonly groups: readonly Group[] }).groups);
}

function spec(
  alerts: string,
  more = 'namespace: telemetry',
  alertmanager = 'page: { slack: { webhookFile: /run/secrets/slack } }',
): string {
  return `version: 1
service: { name: shop }
labels: { outcome: { description: Outcome., values: [ok, failed] } }
metrics: { orders_total: { type: counter, help: Orders., labels: [outcome] } }
alerts:
${alerts}
stack: { ${alertmanager === '' ? '' : `alertmanager: { ${alertmanager} },`} kubernetes: { ${more} } }
`;
}

const bare = "  NoOrders: { expr: 'sum(rate(orders_total[5m])) == 0', severity: page, summary: None }";
const open = "  TargetDown: { expr: 'up == 0', severity: page, summary: Down }";

const withoutNamespace = ({ labels = {}, ...rule }: Rule): Rule => ({
  ...rule,
  labels: Object.fromEntries(Object.entries(labels).filter(([name]) => !name.endsWith('namespace'))),
});

describe('PrometheusRules', () => {
  it.each([...models()])('of "%s" hold every rule of the rule files, in their order', (_, model) => {
    const groups = manifestsOf(model).flatMap((manifest) => manifest.spec.groups);
    const bareRules = (all: readonly Group[]): unknown =>
      all.map((group) => ({ ...group, rules: group.rules.map(withoutNamespace) }));
    expect(bareRules(groups)).toEqual(bareRules(groupsOfFiles(model)));
  });

  it('have the labels that the Operator selects by, which have the last word', () => {
    const [manifest] = manifestsOf(
      modelOf(spec(bare, "prometheusSelector: { release: main, app.kubernetes.io/component: 'mine' }")),
    );
    expect(manifest?.metadata.labels).toEqual({
      'app.kubernetes.io/name': 'shop',
      'app.kubernetes.io/component': 'mine',
      'app.kubernetes.io/managed-by': 'obs-gen',
      release: 'main',
    });
  });

  it('have the namespace on alerts, without which their AlertmanagerConfig never hears of them', () => {
    const [manifest] = manifestsOf(modelOf(spec(`${bare}\n${open}`)));
    const labels = manifest?.spec.groups.flatMap(({ rules }) => rules.map((rule) => rule.labels));
    expect(labels).toEqual([
      { severity: 'page', service: 'shop', namespace: 'telemetry' },
      {
        severity: 'page',
        service: 'shop',
        namespace: 'telemetry',
        exported_namespace: '{{ $labels.namespace }}',
      },
    ]);
  });

  it('leave alerts alone where nobody is told, or nobody knows the namespace', () => {
    for (const text of [spec(bare, 'namespace: telemetry', ''), spec(bare, '')]) {
      const model = modelOf(text);
      expect(manifestsOf(model).flatMap((manifest) => manifest.spec.groups)).toEqual(groupsOfFiles(model));
    }
  });

  it('leave a namespace that an alert says itself', () => {
    const own = bare.replace('summary: None', 'summary: None, labels: { namespace: mine }');
    const [manifest] = manifestsOf(modelOf(spec(own)));
    expect(manifest?.spec.groups[0]?.rules[0]?.labels).toMatchObject({ namespace: 'mine' });
  });

  it('are as many as plain kubectl apply can remember, with all alerts among them', () => {
    const alerts = Array.from({ length: 300 }, (_, index) =>
      bare.replace('NoOrders', `NoOrders${index}`).replace('None', '<'.repeat(1000)),
    );
    const manifests = manifestsOf(modelOf(spec(alerts.join('\n'))));
    expect(manifests.length).toBeGreaterThan(1);
    for (const manifest of manifests)
      expect(annotationsSize(manifest)).toBeLessThanOrEqual(largestAnnotations);
    const groups = manifests.flatMap((manifest) => manifest.spec.groups);
    expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
    expect(new Set(manifests.map(({ metadata }) => metadata.name)).size).toBe(manifests.length);
    expect(groups.flatMap(({ rules }) => rules.map(({ alert }) => alert))).toEqual(
      alerts.map((_, index) => `NoOrders${index}`),
    );
  });
});

describeWithPromtool('the alerts of a PrometheusRule', () => {
  it('stay apart where their namespace alone tells them apart', () => {
    const [manifest] = manifestsOf(modelOf(spec(open)));
    const labels = (namespace: string): object => ({
      severity: 'page',
      service: 'shop',
      job: 'shop',
      namespace: 'telemetry',
      exported_namespace: namespace,
    });
    const tests = {
      rule_files: ['rules.yaml'],
      evaluation_interval: '1m',
      tests: [
        {
          interval: '1m',
          input_series: ['east', 'west'].map((namespace) => ({
            series: `up{job="shop", namespace="${namespace}"}`,
            values: '0x5',
          })),
          alert_rule_test: [
            {
              eval_time: '3m',
              alertname: 'TargetDown',
              exp_alerts: ['east', 'west'].map((namespace) => ({
                exp_labels: labels(namespace),
                exp_annotations: { summary: 'Down' },
              })),
            },
          ],
        },
      ],
    };
    const { output, status } = promtool(['test', 'rules', 'tests.yaml'], {
      'rules.yaml': stringify(manifest?.spec),
      'tests.yaml': stringify(tests),
    });
    expect({ output, status }).toMatchObject({ status: 0 });
  });
});
