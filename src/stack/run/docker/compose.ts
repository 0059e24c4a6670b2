import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { onPath } from '../../../processes/on-path.js';
import { runProgram, type ProgramResult } from '../../../prove/run/process.js';
import { stackPaths } from '../../paths.js';
import { StackFault } from '../stack-fault.js';

/** How compose is called on this machine. */
export interface Compose {
  readonly program: string;
  /** What stands before every command: the files, and `compose` where it is a plugin of docker. */
  readonly args: readonly string[];
  /** The command line of docker, which can ask containers; undefined where there is compose alone. */
  readonly docker: string | undefined;
}

/** Milliseconds for a question to which the answer is at hand. */
const patience = 30_000;

const native = 'without Docker: `obs-gen stack up --native` runs the programs that are on the PATH';
const installation = 'install Docker Engine with the compose plugin: https://docs.docker.com/engine/install/';

/** What Docker says where its daemon is not there, or not for this user. */
const daemonFaults: readonly (readonly [pattern: RegExp, message: string, help: string])[] = [
  [
    /permission denied/i,
    'this user may not speak to the Docker daemon',
    'join the group docker (which is as much as root: https://docs.docker.com/engine/security/), or use rootless Docker',
  ],
  [
    /cannot connect to the docker daemon|is the docker daemon running|couldn't connect to docker daemon|error during connect|no such host/i,
    'the Docker daemon does not answer',
    'start it: `systemctl start docker`, or Docker Desktop',
  ],
];

/** The fault of a call that failed because of the daemon; undefined where it failed of something else. */
export function daemonFault(said: string): StackFault | undefined {
  const found = daemonFaults.find(([pattern]) => pattern.test(said));
  return found && new StackFault(found[1], [found[2], native]);
}

function ask(program: string, args: readonly string[], signal: AbortSignal): Promise<ProgramResult> {
  return runProgram({ program, args, deadline: patience, signal });
}

/** The files of the stack, as every command names them. */
function filesOf(out: string): readonly string[] {
  return ['--file', join(out, stackPaths.compose), '--env-file', join(out, stackPaths.versions)];
}

/**
 * Finds compose: the plugin of docker, else `docker-compose`.
 * @param out the output directory, with the compose file
 * @throws StackFault where it is missing, with the way out; Interrupted
 */
export async function findCompose(
  out: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Compose> {
  if (!existsSync(join(out, stackPaths.compose)))
    throw new StackFault(`there is no ${join(out, stackPaths.compose)}`, [
      '`obs-gen build` writes it, where the spec has `stack` and not `compose: false` in it',
    ]);
  const docker = onPath(['docker'], env);
  if (docker !== undefined) {
    const { status } = await ask(docker, ['compose', 'version'], signal);
    if (status === 0) return { program: docker, args: ['compose', ...filesOf(out)], docker };
  }
  const standalone = onPath(['docker-compose'], env);
  if (standalone !== undefined) return { program: standalone, args: filesOf(out), docker };
  if (docker === undefined) throw new StackFault('there is no docker on the PATH', [installation, native]);
  throw new StackFault('docker has no compose', [
    'install the plugin: https://docs.docker.com/compose/install/linux/',
    native,
  ]);
}

/**
 * Makes sure that there is a daemon, before anything is made for it.
 * @throws StackFault
 */
export async function requireDaemon({ docker }: Compose, signal: AbortSignal): Promise<void> {
  // Compose alone will say so itself.
  if (docker === undefined) return;
  const { status, stdout, stderr } = await ask(docker, ['info', '--format', '{{.ServerVersion}}'], signal);
  if (status === 0) return;
  throw (
    daemonFault(stdout + stderr) ??
    new StackFault('docker does not answer', [...stderr.trim().split('\n').slice(-4), native])
  );
}
