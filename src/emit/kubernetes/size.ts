import type { ConfigMap } from './config-map.js';

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

/** The annotation in which `kubectl apply` remembers what it was given. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** JSON as Go writes it: what could end a script or a line in a browser is escaped. */
function goJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Bytes of the data: of the values, which are what Kubernetes counts. */
export function dataSize({ data }: ConfigMap): number {
  return Object.values(data).reduce((sum, value) => sum + Buffer.byteLength(value), 0);
}

/** Bytes of all annotations, keys and values, once `kubectl apply` has added its own. */
export function annotationsSize(configMap: ConfigMap): number {
  const applied = `${goJson(configMap)}\n`;
  const all = { ...configMap.metadata.annotations, [lastApplied]: applied };
  return Object.entries(all).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
}
