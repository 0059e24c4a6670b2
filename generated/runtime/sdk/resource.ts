// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { environmentVariable } from '../host.js';
import type { Redactor } from '../redaction/redactor.js';
import { redacted } from '../redaction/redactor.js';
import { safeText } from '../redaction/safe-value.js';
import { exported } from './packages.js';
import type { Packages } from './packages.js';
import type { ReadableResource } from './readable.js';

/** What the spec and the operator say of the service. */
export interface ServiceIdentity {
  readonly service: { readonly name: string; readonly namespace?: string };
  readonly environment: string | undefined;
}

interface Resource extends ReadableResource {
  merge(other: Resource): Resource;
}

interface Detector {
  detect(configuration?: object): { readonly attributes?: Readonly<Record<string, unknown>> };
}

/** Detectors by their name in OTEL_NODE_RESOURCE_DETECTORS; the last one wins where two name an attribute. */
const detectors = {
  serviceinstance: 'serviceInstanceIdDetector',
  os: 'osDetector',
  host: 'hostDetector',
  process: 'processDetector',
  env: 'envDetector',
} as const;

/** Attributes of the process that show its arguments, where secrets are passed. */
const withheld = new Set(['process.command_args', 'process.command_line']);

/** The attributes that name the service. */
export function identityAttributes({ service, environment }: ServiceIdentity): Record<string, string> {
  return {
    'service.name': service.name,
    ...(service.namespace === undefined ? {} : { 'service.namespace': service.namespace }),
    ...(environment === undefined ? {} : { 'deployment.environment.name': environment }),
  };
}

/**
 * The resource of spans and log records: what the spec says, and over it what the SDK detects and the standard variables name. The
 * process' arguments are left out and texts go through the redactor. Undefined where @opentelemetry/resources is not installed.
 */
export function detectedResource(
  identity: ServiceIdentity,
  packages: Packages,
  redactor: Redactor,
): Resource | undefined {
  const module = packages.load('@opentelemetry/resources');
  const make = exported(module, 'resourceFromAttributes') as ((attributes: object) => Resource) | undefined;
  const detect = exported(module, 'detectResources') as
    ((configuration: { readonly detectors: readonly Detector[] }) => Resource) | undefined;
  const base = exported(module, 'defaultResource') as (() => Resource) | undefined;
  if (make === undefined || detect === undefined || base === undefined) return undefined;
  const wanted = wantedDetectors().flatMap((name) => {
    const found = exported(module, detectors[name]) as Detector | undefined;
    return found === undefined ? [] : [guarded(found, redactor)];
  });
  return base()
    .merge(make(identityAttributes(identity)))
    .merge(detect({ detectors: wanted }));
}

function wantedDetectors(): readonly (keyof typeof detectors)[] {
  const all = Object.keys(detectors) as (keyof typeof detectors)[];
  const asked = environmentVariable('OTEL_NODE_RESOURCE_DETECTORS');
  if (asked === undefined) return all;
  const names = new Set(asked.split(',').map((name) => name.trim()));
  if (names.has('none')) return [];
  return names.has('all') ? all : all.filter((name) => names.has(name));
}

function guarded(detector: Detector, redactor: Redactor): Detector {
  return {
    detect(configuration) {
      const { attributes = {} } = detector.detect(configuration);
      const kept = Object.entries(attributes).filter(([key]) => !withheld.has(key));
      return {
        attributes: Object.fromEntries(kept.map(([key, value]) => [key, guardedValue(key, value, redactor)])),
      };
    },
  };
}

/** Values may be promised, as the host's id is. */
function guardedValue(key: string, value: unknown, redactor: Redactor): unknown {
  if (value instanceof Promise) return value.then((found: unknown) => guardedValue(key, found, redactor));
  if (typeof value !== 'string') return value;
  return redactor.hides(key, value) ? redacted : safeText(value, redactor);
}
