import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { grafanaDashboards } from '../../../src/emit/grafana/emitter.js';
import type { ConfigMap } from '../../../src/emit/kubernetes/config-map.js';
import { kubernetesDashboards } from '../../../src/emit/kubernetes/emitter.js';
import { subdomain } from '../../../src/emit/kubernetes/names.js';
import { annotationsSize, dataSize, largestAnnotations } from '../../../src/emit/kubernetes/size.js';
import type { Model } from '../../../src/model/model.js';
import { packageRoot } from '../../../src/package-root.js';
import { diagnosticsOf, modelOf } from '../../support/model.js';

function manifestsOf(model: Model): readonly ConfigMap[] {
  return kubernetesDashboards.files(model).map(({ content }) => parse(content) as ConfigMap);
}

const researchAgent = modelOf(
  readFileSync(join(packageRoot, 'test/cases/research-agent/observability.yaml'), 'utf8'),
);

/** Rows hold 50 panels at most. */
function rows(panels: readonly string[]): string {
  const size = 40;
  const row = (start: number): string =>
    `      - { title: Row ${start}, panels: [${panels.slice(start, start + size).join(', ')}] }`;
  return Array.from({ length: Math.ceil(panels.length / size) }, (_, index) => row(index * size)).join('\n');
}

function spec(panels: readonly string[], service = 'shop', more = ''): string {
  return `version: 1
service: { name: ${service} }
${more}labels: { outcome: { description: Outcome., values: [ok, failed] } }
metrics: { orders_total: { type: counter, help: Orders., labels: [outcome] } }
slis: { orders: { events: { total: orders_total, bad: 'orders_total{outcome="failed"}' } } }
slos: { orders: { sli: orders, objective: 99, period: 30d } }
dashboards:
  orders:
    title: "The shop's <orders> & \\u2028more"
    rows:
${rows(panels)}
stack: { kubernetes: { namespace: shop } }
`;
}

const panel = '{ title: Orders, metric: orders_total, show: rate }';

describe('a ConfigMap of a dashboard', () => {
  it('holds the dashboard that file provisioning has, on one line', () => {
    const files = grafanaDashboards.files(researchAgent);
    const manifests = manifestsOf(researchAgent);
    expect(manifests.length).toBeGreaterThan(0);
    expect(manifests).toHaveLength(files.length);
    for (const [index, { data }] of manifests.entries()) {
      const [text = ''] = Object.values(data);
      expect(text).not.toContain('\n');
      expect(JSON.parse(text)).toEqual(JSON.parse(files[index]?.content ?? ''));
    }
  });

  it('is found by the sidecar, and told its folder', () => {
    for (const { metadata, apiVersion, kind } of manifestsOf(researchAgent)) {
      expect([apiVersion, kind, metadata.namespace]).toEqual(['v1', 'ConfigMap', 'observability']);
      expect(metadata.labels['grafana_dashboard']).toBe('1');
      expect(metadata.annotations).toEqual({ grafana_folder: 'Agents' });
    }
  });

  it('has names that Kubernetes takes', () => {
    for (const service of ['shop', 'Print_Shop-', 'x'.repeat(60)]) {
      for (const { metadata, data } of manifestsOf(modelOf(spec([panel], service)))) {
        expect(metadata.name).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
        for (const value of Object.values(metadata.labels))
          expect(value).toMatch(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/);
        for (const key of Object.keys(data)) expect(key).toMatch(/^[-._a-zA-Z0-9]{1,253}$/);
      }
    }
  });

  it('is not there where the service does not run in Kubernetes', () => {
    expect(manifestsOf(modelOf(spec([panel]).replace(/stack:.*/, '')))).toEqual([]);
  });
});

describe('the name of an object', () => {
  it('is the words where these are a name', () => {
    expect(subdomain('research-agent', 'dashboard', 'overview')).toBe('research-agent-dashboard-overview');
  });

  it('ends in a hash where it had to be changed or cut, so that two never meet', () => {
    expect(subdomain('Shop', 'a')).not.toBe(subdomain('shop', 'a'));
    expect(subdomain('a_b')).not.toBe(subdomain('a-b'));
    const [long, longer] = [subdomain('x'.repeat(300)), subdomain('x'.repeat(301))];
    expect(long).not.toBe(longer);
    expect(long).toHaveLength(253);
  });
});

describe('the size', () => {
  const configMap: ConfigMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'n', namespace: undefined, labels: { l: '1' }, annotations: { a: 'é' } },
    data: { 'd.json': '{"x":"<é>"}' },
  };

  it('of the data is that of its values in UTF-8', () => {
    expect(dataSize(configMap)).toBe(12);
  });

  it('of the annotations has the manifest in it as kubectl writes it', () => {
    // As `kubectl apply` of client-go writes it: Go's JSON with its escapes, and a line end.
    const applied =
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"n","labels":{"l":"1"},"annotations":{"a":"é"}},"data":{"d.json":"{\\"x\\":\\"\\u003cé\\u003e\\"}"}}\n';
    expect(annotationsSize(configMap)).toBe(
      Buffer.byteLength('aé') +
        'kubectl.kubernetes.io/last-applied-configuration'.length +
        Buffer.byteLength(applied),
    );
  });

  it('of the given specs’ dashboards stays below what plain `kubectl apply` takes', () => {
    for (const manifest of manifestsOf(researchAgent)) {
      expect(annotationsSize(manifest)).toBeLessThan(largestAnnotations);
    }
  });
});

describe('a dashboard that is too large', () => {
  const many = (count: number): string =>
    spec(Array.from({ length: count }, (_, index) => `{ title: Orders ${index}, metric: orders_total }`));
  /** The findings of this rule: others have something against so many panels as well. */
  const codes = (text: string): readonly string[] =>
    diagnosticsOf(text).flatMap(({ code }) => (code === 'OBS3550' || code === 'OBS3551' ? [code] : []));
  /** Panels of which an annotation holds some, a ConfigMap all, and none. */
  const [few, more, tooMany] = [1, 180, 900];

  it('is told of, with the way out in the manifest', () => {
    expect(codes(many(few))).toEqual([]);
    expect(codes(many(more))).toEqual(['OBS3550']);
    const manifest = (count: number): string =>
      kubernetesDashboards.files(modelOf(many(count)))[0]?.content ?? '';
    expect(manifest(more)).toContain('kubectl apply --server-side');
    expect(manifest(few)).not.toContain('--server-side');
  });

  it('is refused where no ConfigMap holds it', () => {
    expect(codes(many(tooMany))).toEqual(['OBS3551']);
  });

  it('is nobody’s business without Kubernetes', () => {
    expect(codes(many(more).replace(/stack:.*/, ''))).toEqual([]);
  });
});
