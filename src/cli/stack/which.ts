import { resolve } from 'node:path';
import { findCompose, type Compose } from '../../stack/run/docker/compose.js';
import { stackFolder } from '../../stack/run/folder.js';
import { StackFault } from '../../stack/run/stack-fault.js';
import { readStackState, type StackState } from '../../stack/run/state.js';
import type { StackArguments } from './arguments.js';

/** The stack that a command is about: programs of this machine, or containers. */
export type Which =
  | { readonly kind: 'native'; readonly folder: string; readonly state: StackState }
  | { readonly kind: 'docker'; readonly compose: Compose };

/**
 * The stack that there is: on this machine where its state says so, else in containers.
 * @throws StackFault where there is neither
 */
export async function whichStack(args: StackArguments, signal: AbortSignal): Promise<Which> {
  const { path: folder } = stackFolder(args.spec, args.state);
  const state = readStackState(folder);
  if (state !== undefined) return { kind: 'native', folder, state };
  if (args.native === true || args.state !== undefined)
    throw new StackFault(`no stack runs for ${args.spec}`, [
      `there is no state of one in ${folder}`,
      'start one: `obs-gen stack up --native`',
    ]);
  return { kind: 'docker', compose: await findCompose(resolve(args.out), process.env, signal) };
}
