// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import { environmentVariable } from '../host.js';
import { addNote } from '../notes.js';
import { tracePolicy } from '../traces/tracer.js';
import { exporterPackages } from './exporters.js';
import type { Outlet } from './export-queue.js';
import { openLogRecords } from './log-records.js';
import { logExporterNames, spanExporterNames } from './outlets.js';
import { addOwnScope } from './own-scopes.js';
import { exported, importPackage, requirePackage } from './packages.js';
import type { Packages } from './packages.js';
import { propagatorPackages } from './propagators.js';
import { flushProvider, hasTracerProvider } from './provider.js';
import { preparedSdk } from './set-up.js';
import type { PreparedSdk, TracingSetup } from './set-up.js';

/** What becomes of tracing at the start. */
export type TracingState = 'started' | 'present' | 'off' | 'not_installed' | 'failed';

/** A set-up that can be brought to its end. */
export interface RunningTracing {
  readonly state: TracingState;
  /** The share of traces that is kept now, between 0 and 1; undefined where the runtime does not decide. */
  readonly share: () => number | undefined;
  readonly outlets: readonly Outlet<never>[];
  /** Sends what is still there; may take long and reject. */
  close(): Promise<void>;
  /** Counts what has not arrived as lost: the deadline has passed. */
  abandon(): void;
}

interface Sdk {
  start(): void;
  shutdown(): Promise<void>;
}

type NodeSdk = new (configuration: object) => Sdk;

const sdkPackage = '@opentelemetry/sdk-node';

/**
 * Starts the SDK where it is installed and nobody has started it: at once where the program's main script finds it, else when it has been
 * imported. Never throws or rejects.
 */
export function startTracing(setup: TracingSetup): RunningTracing | Promise<RunningTracing> {
  addOwnScope(setup.service.name);
  if (environmentVariable('OTEL_SDK_DISABLED')?.toLowerCase() === 'true') return idle('off');
  if (hasTracerProvider()) return presentTracing();
  const found = requirePackage(sdkPackage, setup.isEarly);
  if (found !== undefined) return begun(setup, found.exports, found.packages);
  return importPackage(sdkPackage).then(async (sdk) => {
    if (sdk === undefined) {
      if (setup.exports.logs)
        addNote(
          'exporters',
          `OTEL_LOGS_EXPORTER needs a package that is not installed: npm install ${sdkPackage}`,
        );
      return idle('not_installed');
    }
    const packages = await imported();
    // Somebody may have been faster meanwhile.
    return hasTracerProvider() ? presentTracing() : begun(setup, sdk, packages);
  });
}

function begun(setup: TracingSetup, module: unknown, packages: Packages): RunningTracing {
  const NodeSDK = exported(module, 'NodeSDK') as NodeSdk | undefined;
  if (typeof NodeSDK !== 'function') return idle('not_installed');
  try {
    const prepared = preparedSdk(setup, packages);
    const sdk = new NodeSDK(prepared.configuration);
    sdk.start();
    tracePolicy.followsParent = prepared.sampler?.followsParent === true;
    for (const { started } of setup.parts) started?.();
    return running(setup, prepared, sdk);
  } catch (error) {
    diag.error('tracing could not be started', error);
    return idle('failed');
  }
}

function running(setup: TracingSetup, prepared: PreparedSdk, sdk: Sdk): RunningTracing {
  const { spans, logs, resource, sampler } = prepared;
  const endLogs =
    logs.length === 0 || resource === undefined
      ? undefined
      : openLogRecords(logs, resource, setup.service.name);
  const outlets = [...spans, ...logs];
  return {
    state: 'started',
    share: () => sampler?.share(),
    outlets,
    async close() {
      endLogs?.();
      sampler?.close();
      // Processors that the SDK was not given any more, where the program's configuration has won, are closed here.
      await Promise.all([sdk.shutdown(), ...outlets.map((outlet) => outlet.close())]);
    },
    abandon() {
      for (const outlet of outlets) outlet.abandon();
    },
  };
}

/** All packages that the variables ask for, imported beforehand. */
async function imported(): Promise<Packages> {
  const names = [
    '@opentelemetry/resources',
    ...exporterPackages('traces', spanExporterNames()),
    ...exporterPackages('logs', logExporterNames()),
    ...propagatorPackages(),
  ];
  const found = await Promise.all(names.map(async (name) => [name, await importPackage(name)] as const));
  const all = new Map(found);
  return { load: (name) => all.get(name) };
}

function presentTracing(): RunningTracing {
  return { ...idle('present'), close: flushProvider };
}

function idle(state: TracingState): RunningTracing {
  return {
    state,
    share: () => undefined,
    outlets: [],
    close: () => Promise.resolve(),
    abandon() {
      // Nothing is held.
    },
  };
}
