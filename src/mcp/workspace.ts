import { realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { analyseLoaded, type Analysis } from '../analyse.js';
import { Baseline } from '../baseline/baseline.js';
import { readBaselineFile } from '../baseline/beside.js';
import { baselinePath } from '../baseline/path.js';
import { diagnostic, fail, hasErrors } from '../diagnostics/create.js';
import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.js';
import { redactorFor } from '../diagnostics/render/masking.js';
import { renderPretty } from '../diagnostics/render/pretty.js';
import { serialDiagnostic, type SerialDiagnostic } from '../diagnostics/render/serialise.js';
import { SourceFile } from '../diagnostics/source-file.js';
import type { Model } from '../model/model.js';
import { isWithin } from '../output/paths.js';
import { diskFiles, type FileStore } from '../spec/layers/imports.js';
import type { LoadedSpec } from '../spec/loaded.js';
import { loadSpecFrom } from '../spec/load.js';
import { ObservedSurroundings, type Surroundings } from '../spec/observed-files.js';
import { ToolFailure } from './tool.js';

/** What the server was started with. */
export interface WorkspaceOptions {
  /** The working directory: nothing outside is read or written. */
  readonly root: string;
  readonly spec: string;
  readonly out: string;
  /** Whether `build` may write. */
  readonly readOnly: boolean;
  /** An ISO date. */
  readonly today: () => string;
}

/** A spec, read as far as it goes. */
export interface ReadSpec {
  readonly loaded: LoadedSpec | undefined;
  readonly analysis: Analysis;
}

/** Diagnostics that a tool answers with; an agent mends the first of them before it reads the hundredth. */
const mostDiagnostics = 100;

/** Analyses that are kept: an agent works on one service or two at a time. */
const mostKept = 4;

interface KeptSpec {
  readonly spec: ReadSpec;
  readonly today: string;
  readonly observed: ObservedSurroundings;
}

/**
 * The folder that a coding agent works in. The agent is writing the specs that it asks about, so each question compares the files with those
 * that the answer to the one before was made of; where none of them has changed, the analysis is not made anew.
 */
export class Workspace {
  readonly root: string;
  readonly readOnly: boolean;
  readonly #options: WorkspaceOptions;
  readonly #kept = new Map<string, KeptSpec>();

  constructor(options: WorkspaceOptions) {
    this.#options = options;
    this.root = realpathSync(options.root);
    this.readOnly = options.readOnly;
  }

  get today(): string {
    return this.#options.today();
  }

  get out(): string {
    return this.path(this.#options.out);
  }

  get spec(): string {
    return this.#options.spec;
  }

  /**
   * A path in the working directory, absolute, links resolved.
   * @throws ToolFailure where it leads out of it
   */
  path(given: string): string {
    const absolute = resolve(this.root, given);
    if (!given.includes('\0') && isWithin(this.root, linkTarget(absolute))) return absolute;
    throw new ToolFailure(`${JSON.stringify(given)} lies outside of the working directory`, [
      'name a path in it, relative to it',
    ]);
  }

  /** As people know it: relative to the working directory. */
  shown(path: string): string {
    return relative(this.root, path).split(sep).join('/') || '.';
  }

  /**
   * Reads and checks a spec.
   * @param given its path; the usual one where left out
   * @param text what stands in the file instead, for a change that nobody has written yet
   * @throws ToolFailure where there is no file
   */
  read(given?: string, text?: string): ReadSpec {
    const main = this.path(given ?? this.#options.spec);
    if (text === undefined && !isFile(main))
      throw new ToolFailure(`there is no spec at ${this.shown(main)}`, [
        'name it with the argument spec, or begin one: obs-gen init',
      ]);
    const { today } = this;
    const now = this.#surroundings(text === undefined ? undefined : { main, text });
    if (text !== undefined) return readFrom(now, main, today);
    const known = this.#kept.get(main);
    if (known?.today === today && known.observed.holds(now)) return known.spec;
    const observed = new ObservedSurroundings(now);
    const spec = readFrom(observed, main, today);
    this.#kept.delete(main);
    this.#kept.set(main, { spec, today, observed });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
    return spec;
  }

  /** What an analysis is made of, all of it in the working directory. */
  #surroundings(instead?: { readonly main: string; readonly text: string }): Surroundings {
    const { root } = this;
    return {
      store: confined(root, instead),
      exists: (path) => this.#isThere(path),
      baseline(main) {
        const path = baselinePath(main);
        const read = readBaselineFile(path);
        return read !== undefined && !isWithin(root, linkTarget(path)) ? outside(root, path) : read;
      },
    };
  }

  /**
   * The model of a spec without errors.
   * @throws ToolFailure with the diagnostics
   */
  model(given?: string): Model {
    return this.checked(given).model;
  }

  /**
   * The same with its warnings.
   * @throws ToolFailure with the diagnostics
   */
  checked(given?: string): { readonly model: Model; readonly diagnostics: readonly Diagnostic[] } {
    const { model, diagnostics } = this.read(given).analysis;
    if (model !== undefined && !hasErrors(diagnostics)) return { model, diagnostics };
    throw failureOf('the spec has errors, which have to be mended first', diagnostics);
  }

  #isThere(path: string): boolean {
    const absolute = resolve(this.root, path);
    return isWithin(this.root, linkTarget(absolute)) && isFile(absolute);
  }
}

function readFrom(surroundings: Surroundings, main: string, today: string): ReadSpec {
  const outcome = loadSpecFrom(surroundings.store, main);
  const baseline = surroundings.baseline(main);
  const exists = (path: string): boolean => surroundings.exists(path);
  const analysis = analyseLoaded(outcome, today, exists, baseline && Baseline.of(baseline));
  return { loaded: outcome.value, analysis };
}

/** A failure that carries the diagnostics which caused it. */
export function failureOf(message: string, diagnostics: readonly Diagnostic[]): ToolFailure {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return new ToolFailure(
    message,
    [renderPretty(errors.slice(0, 10), { color: false }).trimEnd()],
    diagnosticsData(errors),
  );
}

/** Diagnostics as data, the first hundred. */
export function diagnosticsData(diagnostics: readonly Diagnostic[]): {
  readonly diagnostics: readonly SerialDiagnostic[];
  readonly truncated?: string;
} {
  const redact = redactorFor(diagnostics);
  const listed = diagnostics.slice(0, mostDiagnostics).map((each) => serialDiagnostic(each, redact));
  const rest = diagnostics.length - listed.length;
  return rest > 0
    ? { diagnostics: listed, truncated: `${rest} more diagnostics, not listed` }
    : { diagnostics: listed };
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Where a path leads, links of what exists of it resolved: a file that is yet to be written counts by its folder. */
function linkTarget(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(linkTarget(folder), path.slice(folder.length));
  }
}

/** Files of the disk, as far as they lie in a folder: what a spec imports is not read from elsewhere, and so not quoted in a diagnostic. */
function confined(
  root: string,
  instead: { readonly main: string; readonly text: string } | undefined,
): FileStore {
  return {
    read(id): Outcome<SourceFile> {
      if (instead?.main === id) {
        const read = new SourceFile(
          relative(root, id).split(sep).join('/'),
          instead.text.replace(/^\ufeff/, ''),
        );
        return { value: read, diagnostics: [] };
      }
      if (isWithin(root, linkTarget(id))) return diskFiles.read(id);
      return outside(root, id);
    },
    resolve: (from, path) => diskFiles.resolve(from, path),
    target: (id) => (instead?.main === id ? id : diskFiles.target(id)),
  };
}

/** What becomes of a file that would be read from elsewhere. */
function outside(root: string, id: string): Outcome<SourceFile> {
  const source = new SourceFile(relative(root, id).split(sep).join('/'), '');
  return fail([
    diagnostic('OBS1002', {
      message: `${source.path} cannot be read: it lies outside of the working directory`,
      range: { source, start: 0, end: 0 },
      help: 'start the server in a folder above all files of the spec',
    }),
  ]);
}
