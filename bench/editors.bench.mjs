// What somebody who edits a spec waits for: findings after each keystroke in an editor (a client of the Language Server Protocol writes into
// the spec of this repository, as fast as a person types), and the output after a save while `obs-gen build --watch` runs.
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  watch as watchFolder,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL, URL } from 'node:url';
import { median } from './measured-row.mjs';

const protocol = createRequire(import.meta.url)('vscode-languageserver-protocol/node');
const program = process.env.OBS_GEN_PROGRAM ?? fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const reference = fileURLToPath(new URL('../observability.yaml', import.meta.url));

export const rounds = 3;

export function prepare() {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-bench-'));
  copyFileSync(reference, join(folder, 'observability.yaml'));
  return { folder };
}

export function cleanUp({ folder }) {
  rmSync(folder, { recursive: true });
}

/** Types a sentence into the help of a metric; milliseconds from each key to the findings about the text that has it. */
async function keystrokes({ folder }) {
  const path = join(folder, 'observability.yaml');
  const uri = pathToFileURL(path).href;
  const text = readFileSync(path, 'utf8');
  const server = spawn(process.execPath, [program, 'lsp', '--stdio'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const connection = protocol.createMessageConnection(
    new protocol.StreamMessageReader(server.stdout),
    new protocol.StreamMessageWriter(server.stdin),
  );
  const wanted = new Map();
  connection.onNotification('textDocument/publishDiagnostics', ({ uri: of, version }) => {
    if (of === uri) wanted.get(version)?.();
  });
  const findingsOf = (version) => new Promise((resolve) => wanted.set(version, resolve));
  try {
    connection.listen();
    const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: 'bench' }];
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
      workspaceFolders,
    });
    await connection.sendNotification('initialized', {});
    const opened = findingsOf(1);
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version: 1, text },
    });
    await opened;
    const at = text.indexOf('help: ') + 'help: '.length;
    const lines = text.slice(0, at).split('\n');
    const times = [];
    for (let key = 0; key < 60; key += 1) {
      const place = { line: lines.length - 1, character: lines.at(-1).length + key };
      const version = key + 2;
      const found = findingsOf(version);
      const start = performance.now();
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ range: { start: place, end: place }, text: 'words that explain '[key % 19] }],
      });
      await found;
      times.push(performance.now() - start);
      // 120 words a minute.
      await sleep(Math.max(0, 100 - times.at(-1)));
    }
    return { median: median(times), slowest: Math.max(...times) };
  } finally {
    connection.dispose();
    server.kill();
  }
}

/** Each changes one place of the spec, differently each time. */
const edits = {
  alert: (text, time) =>
    text.replace(/queue_oldest_age_seconds\) > \d+/, `queue_oldest_age_seconds) > ${61 + time}`),
  help: (text, time) => text.replace(/Documents in the index[^.\n]*\./, `Documents in the index, ${time}.`),
  dashboard: (text, time) => text.replace(/(dashboards:\n(?:.*\n)*?.*title: )[^\n]+/, `$1Watched ${time}`),
};

/** Saves an edit again and again; milliseconds from the save to the manifest, which is written last. */
async function saved({ folder }, edit) {
  const own = mkdtempSync(join(folder, 'watch-'));
  const spec = join(own, 'observability.yaml');
  let text = readFileSync(join(folder, 'observability.yaml'), 'utf8');
  writeFileSync(spec, text);
  const watch = spawn(process.execPath, [program, 'build', '--watch'], {
    cwd: own,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said;
  let folderWatch;
  // The manifest is put in place last.
  const look = () =>
    watchFolder(join(own, 'generated'), (_, name) => {
      if (name === '.obs-gen.json') said?.();
    });
  const written = () =>
    new Promise((resolve) => {
      said = resolve;
    });
  try {
    await new Promise((resolve) => watch.stdout.once('data', resolve));
    folderWatch = look();
    const times = [];
    for (let time = 0; time < 9; time += 1) {
      await sleep(1000);
      const next = edits[edit](text, time);
      if (next === text) throw new Error(`the edit ${edit} changes nothing`);
      text = next;
      const done = written();
      const start = performance.now();
      writeFileSync(spec, text);
      await done;
      times.push(performance.now() - start);
    }
    // The first ones run code that the engine has not compiled yet.
    return { median: median(times.slice(3)) };
  } finally {
    folderWatch?.close();
    watch.kill('SIGKILL');
  }
}

export const cases = {
  keystrokes,
  alert: (data) => saved(data, 'alert'),
  help: (data) => saved(data, 'help'),
  dashboard: (data) => saved(data, 'dashboard'),
};

export const rows = [
  { name: 'keystroke to findings', unit: 'ms', ours: 'keystrokes.median', goal: 100 },
  { name: 'keystroke to findings, the slowest of 60', unit: 'ms', ours: 'keystrokes.slowest', goal: 100 },
  { name: 'save to written, limit of an alert', unit: 'ms', ours: 'alert.median', goal: 300 },
  { name: 'save to written, help of a metric', unit: 'ms', ours: 'help.median', goal: 300 },
  { name: 'save to written, title of a dashboard', unit: 'ms', ours: 'dashboard.median', goal: 300 },
];
