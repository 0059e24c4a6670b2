import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type CodeAction,
  type CompletionItem,
  type Hover,
  type InitializeResult,
  type Location,
  type MessageConnection,
  type PublishDiagnosticsParams,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol/node';
import { program, repository } from './run-cli.js';

/** An editor as far as a language server can tell: it speaks the protocol to the program, over its standard input and output. */
class Editor {
  readonly connection: MessageConnection;
  readonly #server;
  readonly #shown = new Map<string, PublishDiagnosticsParams>();
  readonly #waiting: (() => void)[] = [];
  readonly uri: string;
  text: string;
  version = 1;

  constructor(folder: string, text: string) {
    this.text = text;
    this.uri = pathToFileURL(join(folder, 'observability.yaml')).href;
    this.#server = spawn(process.execPath, [program, 'lsp', '--stdio'], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.connection = createMessageConnection(
      new StreamMessageReader(this.#server.stdout),
      new StreamMessageWriter(this.#server.stdin),
    );
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.#shown.set(params.uri, params);
      for (const wake of this.#waiting.splice(0)) wake();
    });
    this.connection.listen();
  }

  /** What is shown about the text as it is now. */
  async findings(
    uri = this.uri,
    isAwaited = (params: PublishDiagnosticsParams): boolean => params.version === this.version,
  ) {
    for (;;) {
      const shown = this.#shown.get(uri);
      if (shown !== undefined && isAwaited(shown)) return shown.diagnostics;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** The place of a text that stands once in the file, or of what stands so many characters behind its beginning. */
  place(text: string, behind = 0) {
    const at = this.text.indexOf(text) + behind;
    const lines = this.text.slice(0, at).split('\n');
    return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  }

  /** Replaces a text, as an editor tells it: only what changed. */
  async replace(old: string, now: string): Promise<void> {
    const range = { start: this.place(old), end: this.place(old, old.length) };
    this.text = this.text.replace(old, () => now);
    this.version += 1;
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: this.uri, version: this.version },
      contentChanges: [{ range, text: now }],
    });
  }

  ask<T>(method: string, params: object): Promise<T> {
    return this.connection.sendRequest(`textDocument/${method}`, {
      textDocument: { uri: this.uri },
      ...params,
    });
  }

  async close(): Promise<number | null> {
    await this.connection.sendRequest('shutdown');
    const exited = once(this.#server, 'exit') as Promise<[number | null]>;
    await this.connection.sendNotification('exit');
    const [code] = await exited;
    this.connection.dispose();
    return code;
  }

  kill(): void {
    this.#server.kill('SIGKILL');
  }
}

describe('the language server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-lsp-'));
  const reference = readFileSync(join(repository, 'observability.yaml'), 'utf8');
  writeFileSync(join(folder, 'observability.yaml'), reference);
  const editor = new Editor(folder, reference);
  let capabilities: InitializeResult['capabilities'];

  beforeAll(async () => {
    ({ capabilities } = await editor.connection.sendRequest<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'service' }],
    }));
    await editor.connection.sendNotification('initialized', {});
    await editor.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: editor.uri, languageId: 'yaml', version: 1, text: reference },
    });
  });
  afterAll(() => {
    editor.kill();
    rmSync(folder, { recursive: true });
  });

  it('says what it can do', () => {
    expect(capabilities).toMatchObject({
      hoverProvider: true,
      definitionProvider: true,
      renameProvider: { prepareProvider: true },
    });
  });

  it('shows what is wrong after each key, and what mends it', async () => {
    await editor.findings();
    const query = 'max by (queue) (agent_queue_oldest_age_seconds) > 60';
    let written = query;
    for (const key of ['x', 'y', 'z']) {
      const next = written.replace(') >', `${key}) >`);
      await editor.replace(written, next);
      written = next;
      const found = await editor.findings();
      expect(found.map(({ code }) => code)).toContain('OBS3110');
    }
    const range = { start: editor.place('secondsxyz'), end: editor.place('secondsxyz') };
    const actions = await editor.ask<CodeAction[]>('codeAction', { range, context: { diagnostics: [] } });
    const [edit] = actions[0]?.edit?.changes?.[editor.uri] ?? [];
    expect(edit?.newText).toBe('agent_queue_oldest_age_seconds');
    await editor.replace(written, query);
    const left = await editor.findings();
    expect(left.filter(({ severity }) => severity === 1)).toEqual([]);
  });

  it('completes labels inside a query that is being written', async () => {
    const query = 'max by (queue) (agent_queue_oldest_age_seconds)';
    const half = 'max by (queue) (agent_queue_oldest_age_seconds{';
    await editor.replace(query, half);
    const position = editor.place(half, half.length);
    const items = await editor.ask<CompletionItem[]>('completion', { position });
    expect(items.map(({ label }) => label)).toContain('queue');
    await editor.replace(half, query);
  });

  it('answers about names: hover, definition, rename', async () => {
    const position = editor.place('research_searches_total', 3);
    const hover = await editor.ask<Hover>('hover', { position });
    expect(JSON.stringify(hover.contents)).toContain('Searches of the corpus');
    const [declared] = await editor.ask<Location[]>('definition', {
      position: editor.place('max by (queue) (agent_queue', 20),
    });
    expect(declared?.uri).toMatch(/presets\/queue\.yaml$/);
    const renamed = await editor.ask<WorkspaceEdit>('rename', {
      position,
      newName: 'research_lookups_total',
    });
    const edits = renamed.changes?.[editor.uri] ?? [];
    const places = editor.text.split('research_searches_total').length - 1;
    expect(edits).toHaveLength(places);
    await expect(
      editor.ask('rename', {
        position: editor.place('max by (queue) (agent_queue', 20),
        newName: 'x_seconds',
      }),
    ).rejects.toThrow(/comes from the preset `queue`/);
  });

  it('ends when it is told to', async () => {
    expect(await editor.close()).toBe(0);
  });
});
