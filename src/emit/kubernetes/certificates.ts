import type { Model } from '../../model/model.js';
import type { Stack } from '../../model/stack.js';
import type { OutputFile } from '../emitter.js';
import { entryOf, workloadsOf } from './collector/workloads.js';
import { commonLabels, manifestFile, metadata, type SpecManifest } from './manifest.js';
import { certificateSecret, labelValue, subdomain, type CertificateOwner } from './names.js';

const apiVersion = 'cert-manager.io/v1';

/** Hours that a certificate holds, and how many of them are left when the next one is made. */
const lifetime = { part: '2160h', authority: '87600h', renewal: '720h' } as const;

function issuer(model: Model, name: string, spec: object): SpecManifest {
  return { apiVersion, kind: 'Issuer', metadata: metadata(model, name, commonLabels(model, 'access')), spec };
}

function certificate(model: Model, owner: CertificateOwner, spec: object): SpecManifest {
  const secretName = certificateSecret(model, owner);
  return {
    apiVersion,
    kind: 'Certificate',
    metadata: metadata(model, secretName, commonLabels(model, 'access')),
    spec: {
      secretName,
      commonName: labelValue(`${model.service.name} ${owner}`).slice(0, 64),
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      ...spec,
    },
  };
}

/** Names that a Service is reached by. */
function namesOf(service: string, namespace: string | undefined): readonly string[] {
  const full = namespace === undefined ? [] : [`${service}.${namespace}`, `${service}.${namespace}.svc`];
  const cluster = namespace === undefined ? [] : [`${service}.${namespace}.svc.cluster.local`];
  return [service, ...full, ...cluster];
}

function ofPart(
  model: Model,
  owner: Exclude<CertificateOwner, 'authority'>,
  dnsNames: readonly string[],
): SpecManifest {
  return certificate(model, owner, {
    duration: lifetime.part,
    renewBefore: lifetime.renewal,
    usages: ['digital signature', 'server auth', 'client auth'],
    dnsNames,
    issuerRef: { name: subdomain(model.service.name, 'authority'), kind: 'Issuer' },
  });
}

/** Whether anything shows a certificate: the Collectors, or the service whose page is read over TLS. */
function hasCertificates(stack: Stack): boolean {
  return stack.access.tls && (stack.kubernetes?.collector !== 'none' || stack.service.scheme === 'https');
}

/**
 * An authority of the stack's own and a certificate for each of its parts in the cluster, which cert-manager makes and renews: an issuer
 * that signs itself, the authority that it signs, and an issuer that signs the others in its name.
 */
export function certificateFiles(model: Model, stack: Stack): readonly OutputFile[] {
  const { kubernetes } = stack;
  if (kubernetes === undefined || !hasCertificates(stack)) return [];
  const { name } = model.service;
  const root = subdomain(name, 'root');
  const authority = certificate(model, 'authority', {
    isCA: true,
    duration: lifetime.authority,
    renewBefore: lifetime.renewal,
    usages: ['cert sign', 'crl sign', 'digital signature'],
    issuerRef: { name: root, kind: 'Issuer' },
  });
  const workloads = workloadsOf(model, stack, kubernetes).filter(({ role }) => role !== 'logs');
  const entry = entryOf(workloads);
  const { namespace, serviceNamespace } = kubernetes;
  const copy =
    serviceNamespace === namespace
      ? []
      : [
          `The service runs in ${serviceNamespace ?? ''}: copy the Secret there, and again when it is renewed.`,
        ];
  return [
    manifestFile('access/root-issuer.yaml', issuer(model, root, { selfSigned: {} })),
    manifestFile('access/authority.yaml', authority),
    manifestFile(
      'access/issuer.yaml',
      issuer(model, subdomain(name, 'authority'), {
        ca: { secretName: certificateSecret(model, 'authority') },
      }),
    ),
    ...workloads.map((workload) => {
      const owner = workload.role === 'balancer' ? 'balancer' : 'collector';
      // A balancer finds the others by their numbers and asks for this name.
      const names = [...(owner === 'collector' ? ['collector'] : []), ...namesOf(workload.name, namespace)];
      return manifestFile(`access/${owner}.yaml`, ofPart(model, owner, names));
    }),
    manifestFile('access/prometheus.yaml', ofPart(model, 'prometheus', ['prometheus']), [
      'What Prometheus shows where it scrapes over TLS: the monitors name the Secret.',
    ]),
    manifestFile(
      'access/service.yaml',
      ofPart(model, 'service', namesOf(subdomain(name), serviceNamespace)),
      [
        `What the service shows to ${entry === undefined ? 'Prometheus' : `${entry.name} and to Prometheus`}; ca.crt in it is whom it trusts.`,
        ...copy,
      ],
    ),
  ];
}
