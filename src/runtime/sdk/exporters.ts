import { diag } from '@opentelemetry/api';
import { environmentVariable } from '../host.js';
import { addNote } from '../notes.js';
import { hasOwn } from '../own-property.js';
import type { Exporter } from './export-queue.js';
import { exported } from './packages.js';
import type { Packages } from './packages.js';

/** An exporter that the operator asks for. */
export interface NamedExporter<T> {
  readonly name: string;
  readonly exporter: Exporter<T>;
}

/** Where a class of exporters is found: the first of the packages that is installed. */
interface Source {
  readonly packages: readonly string[];
  readonly className: string;
}

const otlpPackages = { 'http/protobuf': 'proto', 'http/json': 'http', grpc: 'grpc' } as const;

const ofSpans: Readonly<Record<string, Source>> = {
  zipkin: { packages: ['@opentelemetry/exporter-zipkin'], className: 'ZipkinExporter' },
  console: {
    packages: ['@opentelemetry/sdk-trace', '@opentelemetry/sdk-trace-base'],
    className: 'ConsoleSpanExporter',
  },
};

const ofLogs: Readonly<Record<string, Source>> = {
  console: { packages: ['@opentelemetry/sdk-logs'], className: 'ConsoleLogRecordExporter' },
};

/** The names in a variable that holds a list. */
export function namesIn(variable: string): readonly string[] {
  const names = (environmentVariable(variable) ?? '').split(',').map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}

/**
 * The exporters that OTEL_TRACES_EXPORTER or OTEL_LOGS_EXPORTER names. What is not known or not installed is said, and left out. Endpoint,
 * headers, compression, certificates and timeout are read by the exporters themselves.
 * @param own exporters of the runtime, by name
 */
export function exportersFor<T>(
  signal: 'traces' | 'logs',
  names: readonly string[],
  packages: Packages,
  own: Readonly<Record<string, () => Exporter<T>>> = {},
): readonly NamedExporter<T>[] {
  const variable = `OTEL_${signal.toUpperCase()}_EXPORTER`;
  return names.flatMap((name) => {
    const made = hasOwn(own, name) ? own[name]?.() : foreign<T>(signal, name, packages, variable);
    return made === undefined ? [] : [{ name, exporter: made }];
  });
}

function foreign<T>(
  signal: 'traces' | 'logs',
  name: string,
  packages: Packages,
  variable: string,
): Exporter<T> | undefined {
  const source = sourceOf(signal, name);
  if (source === undefined) {
    addNote('exporters', `${variable}: there is no exporter "${name}"; ${signal} are not sent there`);
    return undefined;
  }
  return instance<T>(source, packages, `${variable}=${name}`);
}

function otlpSource(signal: 'traces' | 'logs'): Source {
  const specific = `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_PROTOCOL`;
  const asked = environmentVariable(specific) ?? environmentVariable('OTEL_EXPORTER_OTLP_PROTOCOL');
  const protocol = asked?.trim() ?? 'http/protobuf';
  const isKnown = hasOwn(otlpPackages, protocol);
  if (!isKnown)
    addNote('exporters', `OTLP has no protocol "${protocol}": http/protobuf is used (or grpc, http/json)`);
  const suffix = isKnown ? otlpPackages[protocol as keyof typeof otlpPackages] : 'proto';
  return signal === 'traces'
    ? { packages: [`@opentelemetry/exporter-trace-otlp-${suffix}`], className: 'OTLPTraceExporter' }
    : { packages: [`@opentelemetry/exporter-logs-otlp-${suffix}`], className: 'OTLPLogExporter' };
}

/** The packages that exporters of these names come from. */
export function exporterPackages(signal: 'traces' | 'logs', names: readonly string[]): readonly string[] {
  return names.flatMap((name) => sourceOf(signal, name)?.packages ?? []);
}

function sourceOf(signal: 'traces' | 'logs', name: string): Source | undefined {
  if (name === 'otlp') return otlpSource(signal);
  const others = signal === 'traces' ? ofSpans : ofLogs;
  return hasOwn(others, name) ? others[name] : undefined;
}

/** An exporter of a package; undefined where that is not installed or cannot be set up as the variables have it. */
function instance<T>(source: Source, packages: Packages, wish: string): Exporter<T> | undefined {
  const { className } = source;
  for (const name of source.packages) {
    const made = exported(packages.load(name), className) as (new () => Exporter<T>) | undefined;
    if (typeof made !== 'function') continue;
    try {
      return new made();
    } catch (error) {
      addNote('exporters', `${wish}: the exporter could not be set up`);
      diag.debug(wish, error);
      return undefined;
    }
  }
  addNote(
    'exporters',
    `${wish} needs a package that is not installed: npm install ${source.packages[0] ?? ''}`,
  );
  return undefined;
}
