import { freePort, loopback, portFault } from '../../../processes/ports.js';
import { defaultPort as previewPort } from '../../../preview/server/listen.js';
import { apiPorts, collectorPorts, otlpPorts } from '../../ports.js';
import { StackFault } from '../stack-fault.js';
import type { RunningName } from '../state.js';
import { portHolder } from './port-holder.js';

/** Ports of a part; `api` is the one on which it answers what it is asked. */
export interface PartPorts {
  readonly api: number;
  /** Where it takes OTLP. */
  readonly otlpGrpc?: number;
  readonly otlpHttp?: number;
  /** Where a Collector shows the spans that it has counted, and what it knows of itself. */
  readonly spanMetrics?: number;
  readonly own?: number;
  /** Where it says how it is, apart from `api`. */
  readonly health?: number;
  /** Where its modules, or other programs of its kind, ask it. */
  readonly grpc?: number;
}

/** Names of ports, in the order of the record. */
const portNames = ['api', 'otlpGrpc', 'otlpHttp', 'spanMetrics', 'own', 'health', 'grpc'] as const;

/** The stores take OTLP from the Collector at ports of their own: it has the well-known ones, for the service. */
const behindCollector = { otlpGrpc: 14_317, otlpHttp: 14_318 } as const;
const wellKnown = { otlpGrpc: otlpPorts.grpc, otlpHttp: otlpPorts.http } as const;

/** The ports of a part where nobody says otherwise. */
export function usualPorts(part: RunningName, hasCollector: boolean): PartPorts {
  const otlp = hasCollector ? behindCollector : wellKnown;
  switch (part) {
    case 'preview':
      return { api: previewPort };
    case 'collector':
      return {
        api: collectorPorts.health,
        ...wellKnown,
        spanMetrics: collectorPorts.spanMetrics,
        own: collectorPorts.own,
      };
    case 'loki':
      return { api: apiPorts.loki, grpc: 9096 };
    case 'tempo':
      return { api: apiPorts.tempo, ...otlp, grpc: 9097 };
    case 'jaeger':
      return { api: apiPorts.jaeger, ...otlp, own: 8887, health: 13_134, grpc: 16_685 };
    default:
      return { api: apiPorts[part] };
  }
}

/** The ports of all parts that are to run. */
export type NativePorts = ReadonlyMap<RunningName, PartPorts>;

/** A port that somebody has already. */
interface Taken {
  readonly part: RunningName;
  readonly port: number;
  readonly fault: string;
}

function line({ part, port, fault }: Taken): string {
  const holder = fault === 'EADDRINUSE' ? portHolder(port) : undefined;
  const why = holder ?? (fault === 'EADDRINUSE' ? 'somebody' : fault);
  return `${loopback}:${port}, for ${part}: ${fault === 'EADDRINUSE' ? `taken by ${why}` : why}`;
}

/**
 * The ports that the parts are to have: each its usual ones.
 * @param auto any ports that are free, instead
 * @param usual the usual ones
 * @throws StackFault where one is taken, with who has it
 */
export async function choosePorts(
  parts: readonly RunningName[],
  auto: boolean,
  usual = usualPorts,
): Promise<NativePorts> {
  const hasCollector = parts.includes('collector');
  const chosen = new Map<RunningName, PartPorts>();
  const taken: Taken[] = [];
  const given = new Set<number>();
  for (const part of parts) {
    const ports: Partial<Record<(typeof portNames)[number], number>> = {
      ...usual(part, hasCollector),
    };
    for (const name of portNames) {
      const wanted = ports[name];
      if (wanted === undefined) continue;
      if (auto) {
        let port: number;
        do port = await freePort();
        while (given.has(port));
        given.add(port);
        ports[name] = port;
        continue;
      }
      const fault = await portFault(wanted);
      if (fault !== undefined) taken.push({ part, port: wanted, fault });
    }
    chosen.set(part, ports as PartPorts);
  }
  if (taken.length === 0) return chosen;
  throw new StackFault(
    taken.length === 1 ? 'a port of the stack is taken' : `${taken.length} ports of the stack are taken`,
    [...taken.map(line), '', 'end whoever has them, or let the stack take any that are free: --ports auto'],
  );
}
