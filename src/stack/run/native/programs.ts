import { inFolders, isProgram } from '../../../processes/on-path.js';
import type { PartName } from '../../parts.js';

/** A part that a program of this machine can be. Grafana is none: the preview shows the dashboards. */
export type NativePart = Exclude<PartName, 'grafana' | 'balancer' | 'gpu'>;

interface ProgramFacts {
  /** As releases and distributions call it. */
  readonly names: readonly string[];
  /** Where to get it. */
  readonly source: string;
  /** Names the program, where it is set. */
  readonly variable?: string;
}

/** Each program; the contrib distribution of the Collector comes first, because the generated configuration needs what only it has. */
const facts: Readonly<Record<NativePart, ProgramFacts>> = {
  prometheus: {
    names: ['prometheus'],
    source: 'apt-get install prometheus, brew install prometheus, or prometheus.io/download',
    variable: 'OBSGEN_PROMETHEUS',
  },
  alertmanager: {
    names: ['alertmanager', 'prometheus-alertmanager'],
    source: 'apt-get install prometheus-alertmanager, brew install alertmanager, or prometheus.io/download',
  },
  pushgateway: {
    names: ['pushgateway', 'prometheus-pushgateway'],
    source: 'apt-get install prometheus-pushgateway, or prometheus.io/download',
  },
  collector: {
    names: ['otelcol-contrib', 'otelcol'],
    source: 'github.com/open-telemetry/opentelemetry-collector-releases (otelcol-contrib)',
  },
  loki: { names: ['loki'], source: 'github.com/grafana/loki/releases' },
  tempo: { names: ['tempo'], source: 'github.com/grafana/tempo/releases' },
  jaeger: { names: ['jaeger'], source: 'github.com/jaegertracing/jaeger/releases' },
};

/** Parts without which a stack on this machine shows nothing of its rules; the others are left out where their program is missing. */
const needed: ReadonlySet<PartName> = new Set(['prometheus', 'alertmanager', 'pushgateway']);

export function isNative(part: PartName): part is NativePart {
  return part in facts;
}

export function isNeeded(part: NativePart): boolean {
  return needed.has(part);
}

/** Looks for the program of a part: where its variable says, in the folders of OBSGEN_STACK_PROGRAMS, on the PATH. */
export function findProgram(part: NativePart, env: NodeJS.ProcessEnv): string | undefined {
  const { names, variable } = facts[part];
  const named = variable === undefined ? undefined : env[variable];
  if (named !== undefined && named !== '') return isProgram(named) ? named : undefined;
  return inFolders(names, env['OBSGEN_STACK_PROGRAMS']) ?? inFolders(names, env['PATH']);
}

/** `alertmanager: apt-get install …`. */
export function howToGet(part: NativePart): string {
  return `${part}: ${facts[part].source}`;
}
