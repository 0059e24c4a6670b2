import { runProgram } from '../../../prove/run/process.js';
import { apiPorts } from '../../ports.js';
import { partNames, type PartName } from '../../parts.js';
import { StackFault } from '../stack-fault.js';
import type { PartHealth, PartStatus } from '../status.js';
import { daemonFault, type Compose } from './compose.js';

/** Milliseconds for one call. */
const deadline = 30_000;

/** What `docker inspect` says of a container, as far as it is of use. https://docs.docker.com/reference/api/engine/ */
interface Inspected {
  readonly Config: { readonly Labels: Readonly<Record<string, string>> | null };
  readonly State: {
    readonly Status: string;
    readonly StartedAt: string;
    readonly ExitCode: number;
    readonly Health?: {
      readonly Status: string;
      readonly Log?: readonly { readonly Output: string }[] | null;
    };
  };
  readonly NetworkSettings: {
    readonly Ports: Readonly<
      Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[] | null>
    > | null;
  };
}

async function call(program: string, args: readonly string[], signal: AbortSignal): Promise<string> {
  const { status, stdout, stderr } = await runProgram({ program, args, deadline, signal });
  if (status === 0) return stdout;
  throw (
    daemonFault(stdout + stderr) ??
    new StackFault(
      `docker ${args.includes('ps') ? 'compose ps' : (args[0] ?? '')} fails`,
      stderr.trim().split('\n').slice(-6),
    )
  );
}

function healthOf({ Status: status, Health: health }: Inspected['State']): PartHealth {
  if (status === 'created' || status === 'restarting') return 'starting';
  if (status !== 'running') return 'down';
  // An image that has nothing to ask with: that it runs is all that is known in its container.
  if (health === undefined || health.Status === 'healthy' || health.Status === 'none') return 'up';
  return health.Status === 'starting' ? 'starting' : 'unhealthy';
}

function detailOf(state: Inspected['State']): string | undefined {
  if (state.Status !== 'running') return `${state.Status}, exit code ${state.ExitCode}`;
  const said = state.Health?.Status === 'unhealthy' ? state.Health.Log?.at(-1)?.Output.trim() : undefined;
  return said?.split('\n').at(-1);
}

/** Pages that tell how a part is, and nothing else, are never behind TLS. */
const plain: ReadonlySet<PartName> = new Set(['collector', 'balancer', 'gpu']);

/** The address of a part on this machine; empty where it is reached by other parts alone. */
function addressOf({ Ports: ports }: Inspected['NetworkSettings'], part: PartName, isTls: boolean): string {
  // The same port may be bound for both versions of IP.
  const port = ports?.[`${apiPorts[part]}/tcp`]?.[0]?.HostPort;
  return port === undefined ? '' : `${isTls && !plain.has(part) ? 'https' : 'http'}://127.0.0.1:${port}`;
}

/** Parts by their names in the compose file, in the order of the stack. */
function partOf({ Config: { Labels: labels } }: Inspected): PartName | undefined {
  const name = labels?.['com.docker.compose.service'];
  return partNames.find((part) => part === name);
}

/**
 * Asks the daemon for the containers of the stack; those that have ended among them.
 * @param isTls whether the parts speak TLS
 * @throws StackFault; Interrupted
 */
export async function containersOf(
  compose: Compose,
  isTls: boolean,
  signal: AbortSignal,
): Promise<readonly PartStatus[]> {
  const listed = await call(compose.program, [...compose.args, 'ps', '--all', '--quiet'], signal);
  const ids = listed.split('\n').filter((line) => line !== '');
  if (ids.length === 0) return [];
  if (compose.docker === undefined)
    throw new StackFault('there is compose, and no docker to ask the containers with', [
      'install the command line of Docker: https://docs.docker.com/engine/install/',
    ]);
  const inspected = JSON.parse(await call(compose.docker, ['inspect', ...ids], signal)) as Inspected[];
  const parts = inspected.flatMap((container): PartStatus[] => {
    const part = partOf(container);
    if (part === undefined) return [];
    const { State: state } = container;
    const health = healthOf(state);
    return [
      {
        part,
        health,
        url: addressOf(container.NetworkSettings, part, isTls),
        since: health === 'down' ? undefined : state.StartedAt,
        detail: detailOf(state),
      },
    ];
  });
  const rank = ({ part }: PartStatus): number => partNames.findIndex((each) => each === part);
  return parts.sort((a, b) => rank(a) - rank(b));
}
