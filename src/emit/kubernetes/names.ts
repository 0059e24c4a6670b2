import { createHash } from 'node:crypto';
import type { Model } from '../../model/model.js';

/** The longest name of an object that is a DNS subdomain. */
const longestName = 253;

/** The longest name of a Service, and of what ends up in a label or a host name: a DNS label. */
const longestLabel = 63;

/** What a label's value may not end in. */
const looseEnd = /[^A-Za-z0-9]+$/;

function dnsName(words: readonly string[], longest: number): string {
  const full = words.join('-');
  const plain = full
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .replace(/^-+|-+$/g, '');
  if (plain === full && plain.length <= longest) return plain;
  const hash = createHash('sha256').update(full).digest('hex').slice(0, 8);
  return `${plain.slice(0, longest - hash.length - 1).replace(/-+$/, '')}-${hash}`;
}

/**
 * A DNS subdomain made of words; one that had to be changed or cut ends in a hash of what it was made from, so that two never meet.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
export function subdomain(...words: readonly string[]): string {
  return dnsName(words, longestName);
}

/** The same for what stands in a host name, as a Service does, or in a label. */
export function dnsLabel(...words: readonly string[]): string {
  return dnsName(words, longestLabel);
}

/** A label's value made of a name of the spec, whose letters it may hold. */
export function labelValue(name: string): string {
  return name.replace(looseEnd, '');
}

/** The Secret with the files that Alertmanager's receivers are read from. */
export function alertmanagerSecret({ service }: Model): string {
  return subdomain(service.name, 'alertmanager');
}

/** The Secret with the token that the metrics page of the service asks for. */
export function scrapeSecret({ service }: Model): string {
  return subdomain(service.name, 'scrape');
}

/** Whose certificate a Secret of cert-manager holds. */
export type CertificateOwner = 'authority' | 'collector' | 'balancer' | 'prometheus' | 'grafana' | 'service';

/** The Secret that cert-manager keeps a certificate in: `ca.crt`, `tls.crt`, `tls.key`. */
export function certificateSecret({ service }: Model, owner: CertificateOwner): string {
  return subdomain(service.name, owner, 'tls');
}
