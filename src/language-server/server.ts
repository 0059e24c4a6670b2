import {
  CodeActionKind,
  DidChangeWatchedFilesNotification,
  ResponseError,
  TextDocumentSyncKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  type Position,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { usualBaseline } from '../baseline/path.js';
import type { SourceFile } from '../diagnostics/source-file.js';
import { packageVersion } from '../package-root.js';
import { actionsAt, workspaceEdit } from './actions.js';
import { complete } from './complete/complete.js';
import { byFile } from './diagnostics.js';
import { Documents, pathOfUri, uriOfPath } from './documents.js';
import { foldsOf } from './folding.js';
import { hoverAt } from './hover.js';
import { definitionOf, highlightsOf, referencesOf, symbolsOf } from './navigation.js';
import { lspRange, offsetAt } from './positions.js';
import type { Project } from './project.js';
import { renamable, RenameRefused, renameEdits } from './rename.js';
import { Schedule } from './schedule.js';
import { semanticTokens, tokenTypes } from './semantic-tokens.js';
import { specsBelow, Workspace } from './workspace.js';

/** What the server is told at start besides what the protocol says. */
interface Settings {
  /** Main files of specs, from the first workspace folder; without it they are looked for by name. */
  readonly specs?: readonly string[];
}

const capabilities: InitializeResult['capabilities'] = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
  completionProvider: { triggerCharacters: ['{', '(', ',', '"', '=', '[', ' ', '.', '$', '-'] },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  documentSymbolProvider: true,
  renameProvider: { prepareProvider: true },
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.SourceFixAll] },
  foldingRangeProvider: true,
  semanticTokensProvider: { legend: { tokenTypes: [...tokenTypes], tokenModifiers: [] }, full: true },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

/** `LSPErrorCodes.RequestFailed`: the request was understood, and the answer is no. */
const requestFailed = -32803;

/**
 * Serves a connection until it ends: findings at each keystroke, completion, hover, navigation, renames and fixes.
 * @param today an ISO date; asked at each look, since an editor stays open for days
 */
export function serve(connection: Connection, today: () => string): void {
  const server = new Server(connection, today);
  connection.onInitialize((params) => server.initialize(params));
  connection.onInitialized(() => {
    server.initialized();
  });
  connection.onShutdown(() => {
    server.stop();
  });
}

class Server {
  readonly #connection: Connection;
  readonly #today: () => string;
  readonly #buffers = new Map<string, TextDocument>();
  readonly #schedule: Schedule;
  /** Files that have findings on screen, by project. */
  readonly #shown = new Map<Project, Set<string>>();
  #workspace = new Workspace(new Documents(process.cwd()), () => this.#today());
  #folders: readonly string[] = [];
  #settings: Settings = {};
  #watchesFiles = false;
  #followsFolders = false;

  constructor(connection: Connection, today: () => string) {
    this.#connection = connection;
    this.#today = today;
    // A fault of ours in one spec is told to the editor's log; it does not take the server away from all others.
    const failed = (error: unknown): void => {
      connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    };
    this.#schedule = new Schedule(
      () => {
        try {
          this.#publishAll();
        } catch (error) {
          failed(error);
        }
      },
      () => this.#lookThoroughly().catch(failed),
    );
  }

  initialize(params: InitializeParams): InitializeResult {
    const { workspaceFolders, capabilities: client } = params;
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- editors of before workspace folders send nothing else
    const roots = workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri == null ? [] : [params.rootUri]);
    this.#folders = roots.flatMap((uri) => pathOfUri(uri) ?? []);
    this.#settings = settingsOf(params.initializationOptions);
    this.#watchesFiles = client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    this.#followsFolders = client.workspace?.workspaceFolders === true;
    this.#workspace = new Workspace(new Documents(this.#folders[0] ?? process.cwd()), this.#today);
    this.#listen();
    return { capabilities, serverInfo: { name: 'obs-gen', version: packageVersion() } };
  }

  initialized(): void {
    if (this.#watchesFiles)
      void this.#connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [{ globPattern: '**/*.{yaml,yml}' }, { globPattern: `**/${usualBaseline}` }],
      });
    if (this.#followsFolders)
      this.#connection.workspace.onDidChangeWorkspaceFolders(({ added }) => {
        for (const path of added.flatMap(({ uri }) => pathOfUri(uri) ?? []))
          for (const main of specsBelow(path)) this.#workspace.add(main);
        this.#schedule.changed();
      });
    const [root = process.cwd()] = this.#folders;
    const { specs } = this.#settings;
    const mains =
      specs === undefined ? this.#folders.flatMap(specsBelow) : specs.map((spec) => `${root}/${spec}`);
    for (const main of mains) this.#workspace.add(main);
    this.#schedule.changed();
  }

  stop(): void {
    this.#schedule.stop();
  }

  #listen(): void {
    const connection = this.#connection;
    connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
      this.#buffers.set(uri, TextDocument.create(uri, languageId, version, text));
      this.#changed(uri);
    });
    connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
      const buffer = this.#buffers.get(uri);
      if (buffer === undefined) return;
      TextDocument.update(buffer, contentChanges, version);
      this.#changed(uri);
    });
    connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
      this.#buffers.delete(uri);
      const path = pathOfUri(uri);
      if (path === undefined) return;
      this.#workspace.documents.close(path);
      this.#invalidate(path);
    });
    connection.onDidSaveTextDocument(({ textDocument: { uri } }) => {
      this.#changed(uri);
    });
    connection.onDidChangeWatchedFiles(({ changes }) => {
      for (const { uri } of changes) {
        const path = pathOfUri(uri);
        if (path !== undefined && !this.#workspace.documents.isOpen(path)) this.#invalidate(path);
      }
    });
    this.#answer();
  }

  #answer(): void {
    const connection = this.#connection;
    connection.onCompletion(({ textDocument, position }) =>
      this.#at(textDocument.uri, position, ({ source, offset, project }) => [
        ...complete(source, offset, project?.whole?.model),
      ]),
    );
    connection.onHover(({ textDocument, position }) =>
      this.#at(textDocument.uri, position, ({ source, offset, project }) =>
        hoverAt(source, offset, project?.whole, project?.diagnostics ?? []),
      ),
    );
    connection.onDefinition(({ textDocument, position }) =>
      this.#at(textDocument.uri, position, ({ source, offset, project }) =>
        project?.whole === undefined
          ? []
          : definitionOf(this.#workspace.documents, project.whole, source, offset),
      ),
    );
    connection.onReferences(({ textDocument, position, context }) =>
      this.#at(textDocument.uri, position, ({ source, offset, project }) =>
        project?.whole === undefined
          ? []
          : referencesOf(
              this.#workspace.documents,
              project.whole,
              source,
              offset,
              context.includeDeclaration,
            ),
      ),
    );
    connection.onDocumentHighlight(({ textDocument, position }) =>
      this.#at(textDocument.uri, position, ({ source, offset, project }) =>
        project?.whole === undefined ? [] : highlightsOf(project.whole, source, offset),
      ),
    );
    connection.onDocumentSymbol(({ textDocument }) => {
      const source = this.#sourceOf(textDocument.uri);
      return source === undefined ? [] : symbolsOf(source);
    });
    connection.onFoldingRanges(({ textDocument }) => {
      const source = this.#sourceOf(textDocument.uri);
      return source === undefined ? [] : foldsOf(source);
    });
    connection.languages.semanticTokens.on(({ textDocument }) => {
      const source = this.#sourceOf(textDocument.uri);
      const model = source && this.#projectOf(textDocument.uri)?.begun.model;
      return { data: source === undefined || model === undefined ? [] : semanticTokens(source, model) };
    });
    connection.onPrepareRename(({ textDocument, position }) =>
      this.#refusing(() =>
        this.#at(textDocument.uri, position, ({ source, offset, project }) => {
          const { range } = renamable(this.#specOf(project), source, offset);
          return { range: lspRange(range), placeholder: range.source.text.slice(range.start, range.end) };
        }),
      ),
    );
    connection.onRenameRequest(({ textDocument, position, newName }) =>
      this.#refusing(() =>
        this.#at(textDocument.uri, position, ({ source, offset, project }) => {
          const { documents } = this.#workspace;
          const spec = this.#specOf(project);
          const setting = { documents, main: project?.main ?? '', today: this.#today() };
          return workspaceEdit(documents, renameEdits(setting, spec, source, offset, newName));
        }),
      ),
    );
    connection.onCodeAction(({ textDocument, range, context }) => {
      const source = this.#sourceOf(textDocument.uri);
      const project = this.#projectOf(textDocument.uri);
      if (source === undefined || project === undefined) return [];
      const actions = actionsAt(this.#workspace.documents, source, range, project.diagnostics);
      const { only } = context;
      return only === undefined
        ? actions
        : actions.filter(({ kind = '' }) =>
            only.some((each) => kind === each || kind.startsWith(`${each}.`)),
          );
    });
  }

  #at<T>(
    uri: string,
    position: Position,
    answer: (place: { source: SourceFile; offset: number; project: Project | undefined }) => T,
  ): T | null {
    const source = this.#sourceOf(uri);
    if (source === undefined) return null;
    return answer({ source, offset: offsetAt(source, position), project: this.#projectOf(uri) }) ?? null;
  }

  /** An answer that says why there is none reaches the person who asked. */
  #refusing<T>(answer: () => T): T | ResponseError {
    try {
      return answer();
    } catch (error) {
      if (error instanceof RenameRefused) return new ResponseError(requestFailed, error.message);
      throw error;
    }
  }

  /** The spec for a rename: names are only changed where the whole is understood. */
  #specOf(project: Project | undefined): NonNullable<Project['whole']> {
    const begun = project?.begun;
    if (begun?.loaded === undefined || begun.model === undefined)
      throw new RenameRefused('this file cannot be read as a spec as it stands: mend its errors first');
    return { loaded: begun.loaded, model: begun.model };
  }

  #sourceOf(uri: string): SourceFile | undefined {
    const path = pathOfUri(uri);
    return path === undefined ? undefined : this.#workspace.documents.source(path);
  }

  #projectOf(uri: string): Project | undefined {
    const path = pathOfUri(uri);
    return path === undefined ? undefined : this.#workspace.projectOf(path);
  }

  #changed(uri: string): void {
    const path = pathOfUri(uri);
    const buffer = this.#buffers.get(uri);
    if (path === undefined || buffer === undefined) return;
    this.#workspace.documents.set(path, buffer.getText());
    this.#invalidate(path);
  }

  /** A file may be part of any spec, also of one that could not be read without it. */
  #invalidate(path: string): void {
    for (const project of this.#workspace.projects) {
      if (project.hasRead(path) !== false) project.invalidate();
    }
    this.#schedule.changed();
  }

  #publishAll(): void {
    for (const path of this.#workspace.documents.open) this.#workspace.projectsWith(path);
    for (const project of this.#workspace.projects) this.#publish(project);
  }

  #publish(project: Project): void {
    const { documents } = this.#workspace;
    const found = byFile(documents, uriOfPath(project.main), project.diagnostics);
    const before = this.#shown.get(project) ?? new Set<string>();
    // An open file without findings is told so: whoever waits for them knows then that they have come.
    const open = project.paths.filter((path) => documents.isOpen(path)).map(uriOfPath);
    for (const uri of new Set([...open, ...before, ...found.keys()])) {
      const version = this.#buffers.get(uri)?.version;
      void this.#connection.sendDiagnostics({
        uri,
        diagnostics: [...(found.get(uri) ?? [])],
        ...(version === undefined ? {} : { version }),
      });
    }
    this.#shown.set(project, new Set(found.keys()));
  }

  async #lookThoroughly(): Promise<void> {
    const pause = (): Promise<void> =>
      new Promise((resolve) => {
        setImmediate(resolve);
      });
    for (const project of this.#workspace.projects) {
      if (await project.finish(pause)) this.#publish(project);
    }
  }
}

function settingsOf(options: unknown): Settings {
  if (typeof options !== 'object' || options === null || !('specs' in options)) return {};
  const { specs } = options;
  if (!Array.isArray(specs)) return {};
  return { specs: specs.filter((each): each is string => typeof each === 'string') };
}
