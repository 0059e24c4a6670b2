import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { gpuRecipe } from '../../../src/emit/kubernetes/gpu.js';
import { kubernetesGpu } from '../../../src/emit/kubernetes/gpu-exporter.js';
import type { SpecManifest } from '../../../src/emit/kubernetes/manifest.js';
import { apiPorts } from '../../../src/stack/ports.js';
import { modelOf } from '../../support/model.js';

const text = `version: 1
service: { name: shop, selector: { job: shop, region: eu } }
metrics: { orders_total: { type: counter, help: Orders. } }
stack: { gpuExporter: true, kubernetes: { namespace: telemetry } }
`;

interface DaemonSet extends SpecManifest {
  readonly spec: {
    readonly template: { readonly metadata: { readonly annotations?: object }; readonly spec: object };
  };
}

describe('the GPU exporter', () => {
  const [daemonSet, monitor] = kubernetesGpu
    .files(modelOf(text))
    .map(({ content }) => parse(content) as SpecManifest);

  it('runs as the one of the recipe', () => {
    expect((daemonSet as DaemonSet).spec.template.spec).toEqual(
      (gpuRecipe() as DaemonSet).spec.template.spec,
    );
  });

  it('is scraped once: by its monitor, or by who looks for annotations', () => {
    expect((daemonSet as DaemonSet).spec.template.metadata.annotations).toBeUndefined();
    expect((gpuRecipe() as DaemonSet).spec.template.metadata.annotations).toEqual({
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': String(apiPorts.gpu),
    });
  });

  it('has the labels that the rules ask its metrics by', () => {
    expect(monitor?.spec).toMatchObject({
      selector: { matchLabels: { 'app.kubernetes.io/name': 'shop-gpu' } },
      podMetricsEndpoints: [
        {
          port: 'metrics',
          relabelings: [
            { targetLabel: 'job', replacement: 'shop' },
            { targetLabel: 'region', replacement: 'eu' },
          ],
        },
      ],
    });
  });

  it('is not there where nobody asks for it', () => {
    expect(kubernetesGpu.files(modelOf(text.replace('gpuExporter: true', 'gpuExporter: false')))).toEqual([]);
    expect(kubernetesGpu.files(modelOf(text.replace(', kubernetes: { namespace: telemetry }', '')))).toEqual(
      [],
    );
  });
});
