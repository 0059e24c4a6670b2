import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gpuNotes, gpuRecipe } from '../../emit/kubernetes/gpu.js';
import { printYaml } from '../../encode/yaml.js';
import { packageFile } from '../../package-root.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { print } from '../terminal.js';
import { UsageError } from '../usage-error.js';

/** How the exporter is run: in a container, on the nodes of Kubernetes, by systemd. */
const recipes = ['Dockerfile', 'daemonset.yaml', 'obs-gen-gpu.service'] as const;

/** The DaemonSet is the one of the manifests of a spec; the others are files that ship. */
function recipe(name: (typeof recipes)[number]): string {
  return name === 'daemonset.yaml'
    ? printYaml(gpuRecipe(), gpuNotes.join('\n'))
    : packageFile('templates', 'gpu', name);
}

/**
 * Writes the recipes to a directory, and their paths to standard output.
 * @throws UsageError where one of them is there already and was changed, or cannot be written
 */
export function writeRecipes(folder: string): ExitCode {
  const files = recipes.map((name) => ({
    path: join(folder, name),
    text: recipe(name),
  }));
  try {
    const changed = files.find(({ path, text }) => existsSync(path) && readFileSync(path, 'utf8') !== text);
    if (changed !== undefined) {
      throw new UsageError(`${changed.path} is there already, and is not what would be written`, [
        'name another directory, or remove the file',
      ]);
    }
    mkdirSync(folder, { recursive: true });
    for (const { path, text } of files) writeFileSync(path, text);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`the recipes cannot be written to ${folder}: ${code ?? message}`);
  }
  print(files.map(({ path }) => `${path}\n`).join(''));
  return exitCodes.fine;
}
