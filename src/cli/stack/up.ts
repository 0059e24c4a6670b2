import type { ExitCode } from '../exit-code.js';
import { requireSense, type UpArguments } from './arguments.js';
import { runStackCommand } from './faults.js';

/** `obs-gen stack up`. */
export function stackUp(args: UpArguments): Promise<ExitCode> {
  return runStackCommand(async (running) => {
    requireSense(args);
    if (args.native !== true) {
      const { upDocker } = await import('./up-docker.js');
      return upDocker(args, running);
    }
    const { detach, isBackground, tellUp } = await import('./detach.js');
    if (args.detach === true) return detach(args, running);
    const { upNative } = await import('./up-native.js');
    return upNative(args, running, isBackground() ? tellUp : undefined);
  });
}
