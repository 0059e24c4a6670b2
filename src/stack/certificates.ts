import type { Model } from '../model/model.js';
import type { Stack } from '../model/stack.js';
import { partsOf, type PartName } from './parts.js';
import { stackPaths } from './paths.js';

/** The files of a certificate, in the folder of whoever shows it; named as cert-manager names the keys of its Secrets. */
export const certificateFiles = { authority: 'ca.crt', certificate: 'tls.crt', key: 'tls.key' } as const;

/** Where a container finds the folder with its certificate. */
export const certificateMount = '/etc/obs-gen/tls';

/** Who shows a certificate: a part of the stack, the service, or whoever asks the parts (`doctor`, a person with curl). */
export type CertificateName = PartName | 'authority' | 'service' | 'client';

/** A certificate that `obs-gen stack up` makes. */
export interface Certificate {
  readonly name: CertificateName;
  /** Its folder below the output directory; the one of the authority holds `ca.crt` and the authority's own key, `ca.key`. */
  readonly path: string;
  /** Names and addresses that it is good for; a part that is only a client has its own name alone. */
  readonly hosts: readonly string[];
  /** Who signs the others; every other one is signed by it, for servers and clients alike. */
  readonly isAuthority: boolean;
}

/** Below the output directory. */
export const certificatesPath = `${stackPaths.secrets}/tls`;

/** A part is reached by its name from the others, and on loopback from the machine. */
const loopback = ['localhost', '127.0.0.1', '::1'] as const;

function certificate(name: CertificateName, hosts: readonly string[]): Certificate {
  return Object.freeze({
    name,
    path: `${certificatesPath}/${name}`,
    hosts: Object.freeze([...hosts]),
    isAuthority: name === 'authority',
  });
}

/** The certificates of a stack, the authority first; none where the parts do not speak TLS with each other. */
export function certificatesOf(model: Model, stack: Stack): readonly Certificate[] {
  if (!stack.access.tls) return [];
  return [
    certificate('authority', []),
    ...partsOf(model, stack).map((part) => certificate(part, [part, ...loopback])),
    // The service may show it to Prometheus, from this machine or out of a container, and to the Collector.
    certificate('service', [model.service.name, 'host.docker.internal', ...loopback]),
    certificate('client', ['client']),
  ];
}
