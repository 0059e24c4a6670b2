/**
 * Writes what of docs/ is made from the product: `npm run generate:docs`, after a build. With `--dashboards` also the pictures of
 * dashboards, which need Chromium and Prometheus. test/docs/generated.test.ts
 * fails where one of the others is stale.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { commandsDoc } from './commands-doc.mjs';
import { diagnosticsDoc } from './diagnostics-doc.mjs';
import { projectFiles } from './docs-project.mjs';
import { languageDoc } from './language-doc.mjs';
import { smallPicture } from './small-picture.mjs';
import { terminalPicture } from './terminal-picture.mjs';

const root = join(import.meta.dirname, '..');

/** What is shown in pictures of a terminal: the file, the command, and what the picture says. */
export const terminalPictures = [
  {
    file: 'diff.svg',
    args: ['diff', 'old.yaml', 'new.yaml'],
    title: 'obs-gen diff: two breaking changes, with whom each of them breaks, and one safe change',
  },
  {
    file: 'instrument.svg',
    args: ['instrument', 'src/agent.ts', '--dry-run'],
    title:
      'obs-gen instrument src/agent.ts --dry-run: the lines that a codemod adds to two functions, as a diff',
  },
];

/** Writes the project of the documents into a folder. */
export function writeProject(folder) {
  for (const [path, text] of Object.entries(projectFiles)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** The documents that are made from the product's functions, by path. */
export async function documents(product) {
  return {
    'docs/language.md': languageDoc(root),
    'docs/diagnostics.md': diagnosticsDoc(root, product),
    'docs/commands.md': await commandsDoc(product),
  };
}

function pictures(dist) {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-docs-'));
  try {
    writeProject(folder);
    const env = { ...process.env, FORCE_COLOR: '1' };
    return Object.fromEntries(
      terminalPictures.map(({ file, args, title }) => {
        const { stdout, error } = spawnSync(process.execPath, [join(dist, 'cli/main.js'), ...args], {
          cwd: folder,
          env,
          encoding: 'utf8',
        });
        if (error !== undefined) throw error;
        return [`docs/pictures/${file}`, terminalPicture(`npx obs-gen ${args.join(' ')}`, stdout, title)];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The picture of this repository's own service at a glance, on made-up data. */
function dashboardPicture(dist) {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-docs-'));
  const look = ['--theme', 'light', '--width', '1400', '--dashboard', 'service'];
  try {
    const { status } = spawnSync(
      process.execPath,
      [join(dist, 'cli/main.js'), 'preview', '--sample', ...look, '--screenshot', folder],
      { cwd: root, stdio: 'inherit' },
    );
    if (status !== 0) throw new Error(`preview ended with ${status}`);
    const picture = smallPicture(readFileSync(join(folder, 'service.png')), 1895);
    writeFileSync(join(root, 'docs/pictures/service.png'), picture);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1]?.endsWith('generate-docs.mjs')) {
  const dist = process.env.OBSGEN_DIST ?? join(root, 'dist');
  const { catalogue } = await import(join(dist, 'diagnostics/catalogue.js'));
  const { codeGroups } = await import(join(dist, 'cli/explain.js'));
  const { commandLine } = await import(join(dist, 'cli/run.js'));
  const made = { ...(await documents({ catalogue, codeGroups, commandLine })), ...pictures(dist) };
  mkdirSync(join(root, 'docs/pictures'), { recursive: true });
  for (const [path, text] of Object.entries(made)) writeFileSync(join(root, path), text);
  if (process.argv.includes('--dashboards')) dashboardPicture(dist);
}
