import type { ConfigMap } from './config-map.js';
import type { Manifest } from './manifest.js';

/**
 * Bytes that all annotations of an object may have together. Plain `kubectl apply` keeps the whole manifest in one of them.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
export const largestAnnotations = 262_144;

/**
 * Bytes that a ConfigMap may hold, which etcd stores in one piece.
 * https://kubernetes.io/docs/concepts/configuration/configmap/
 */
export const largestConfigMap = 1_048_576;

/**
 * Bytes that the Prometheus Operator takes of one PrometheusRule: half of what a ConfigMap holds.
 * https://github.com/prometheus-operator/prometheus-operator/pull/6606
 */
export const largestRules = largestConfigMap / 2;

/** The annotation in which `kubectl apply` remembers what it was given. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** JSON as Go writes it: what could end a script or a line in a browser is escaped. A map is an object, as in the manifest. */
function goJson(value: unknown): string {
  const plain = (_: string, item: unknown): unknown =>
    item instanceof Map ? Object.fromEntries(item) : item;
  return JSON.stringify(value, plain).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Bytes of the data: of the values, which are what Kubernetes counts. */
export function dataSize({ data }: ConfigMap): number {
  return Object.values(data).reduce((sum, value) => sum + Buffer.byteLength(value), 0);
}

/** Bytes of all annotations, keys and values, once `kubectl apply` has added its own. */
export function annotationsSize(manifest: Manifest): number {
  const applied = `${goJson(manifest)}\n`;
  const all = { ...manifest.metadata.annotations, [lastApplied]: applied };
  return Object.entries(all).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
}
