import type { Model } from '../../model/model.js';
import type { Stack } from '../../model/stack.js';
import { certificateFiles, certificateMount } from '../../stack/certificates.js';
import { partsOf, type PartName } from '../../stack/parts.js';
import { apiPorts } from '../../stack/ports.js';
import { literal } from './escape.js';
import type { Store } from './signals.js';

/** How Grafana gets at a store. */
export interface Access {
  readonly url: string;
  /** What belongs into `jsonData` for it, and into `secureJsonData`. */
  readonly shown: object;
  readonly secret: object | undefined;
}

/** The part of a stack that a store is. */
function partOf(stack: Stack, store: Store): PartName {
  switch (store) {
    case 'metrics':
      return 'prometheus';
    case 'traces':
      return stack.traces.store;
    case 'logs':
      return stack.logs.store;
    case 'alertmanager':
      return 'alertmanager';
  }
}

/** The part of this stack that Grafana reads at an address; undefined where somebody else answers there, who has rules of his own. */
function ownPart(model: Model, stack: Stack, store: Store): PartName | undefined {
  const part = partOf(stack, store);
  const isHere = partsOf(model, stack).includes(part);
  return isHere && model.target.grafana.urls[store] === `http://${part}:${apiPorts[part]}` ? part : undefined;
}

/** The text of a file, which Grafana reads when it starts. */
function fileText(name: string): string {
  return `$__file{${certificateMount}/${name}}`;
}

/** Grafana shows its certificate, and takes none but those of the authority. */
function certificates(part: PartName): { readonly shown: object; readonly secret: object } {
  return {
    shown: { tlsAuth: true, tlsAuthWithCACert: true, serverName: part },
    secret: {
      tlsCACert: fileText(certificateFiles.authority),
      tlsClientCert: fileText(certificateFiles.certificate),
      tlsClientKey: fileText(certificateFiles.key),
    },
  };
}

/** Whether a store keeps tenants apart. Prometheus and Alertmanager do not, and neither does Jaeger on disk. */
function hasTenants(model: Model, stack: Stack, store: Store): boolean {
  if (store === 'metrics') return model.target.prometheus.dialect === 'mimir';
  return store === 'logs' || (store === 'traces' && stack.traces.store === 'tempo');
}

/** The header by which Loki, Tempo and Mimir know whose data is asked for. */
function tenant(name: string): { readonly shown: object; readonly secret: object } {
  return { shown: { httpHeaderName1: 'X-Scope-OrgID' }, secret: { httpHeaderValue1: literal(name) } };
}

/** How Grafana gets at a store: by TLS where it is a part of a stack that asks for certificates, and as a tenant where there are any. */
export function access(model: Model, store: Store): Access {
  const url = model.target.grafana.urls[store];
  const { stack } = model;
  if (stack === undefined) return { url, shown: {}, secret: undefined };
  const part = stack.access.tls ? ownPart(model, stack, store) : undefined;
  const name = hasTenants(model, stack, store) ? stack.access.tenant : undefined;
  const pieces = [
    ...(part === undefined ? [] : [certificates(part)]),
    ...(name === undefined ? [] : [tenant(name)]),
  ];
  return {
    url: part === undefined ? url : url.replace(/^http:/, 'https:'),
    shown: Object.assign({}, ...pieces.map(({ shown }) => shown)) as object,
    secret:
      pieces.length === 0 ? undefined : (Object.assign({}, ...pieces.map((each) => each.secret)) as object),
  };
}
