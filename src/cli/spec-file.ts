import { accessSync, constants, statSync } from 'node:fs';
import { UsageError } from './usage-error.js';

const howToStart = [
  'name the file with --spec FILE, or begin one:',
  '',
  '  version: 1',
  '  service: { name: my-agent, owner: my-team }',
  '  presets: [agent, http, node]',
  '',
  '`obs-gen presets` lists the presets, `obs-gen presets show NAME` prints one',
];

/**
 * Makes sure that the spec can be opened: what is wrong with its content is a diagnostic, that it is not there is a slip in the command.
 * @throws UsageError
 */
export function requireSpec(path: string): void {
  try {
    if (statSync(path).isDirectory()) {
      throw new UsageError(`the spec ${path} is a directory`, ['name the file in it with --spec FILE']);
    }
    accessSync(path, constants.R_OK);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UsageError(`there is no spec at ${path}`, howToStart);
    throw new UsageError(`the spec ${path} cannot be read: ${code ?? message}`);
  }
}
