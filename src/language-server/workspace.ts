import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseWithoutSecrets } from '../spec/layers/imports.js';
import { listedAt } from '../spec/layers/listed.js';
import { languageSchema } from '../spec/schema/schema.js';
import type { Documents } from './documents.js';
import { Project } from './project.js';

/** Folders that hold no specs of the team's own. */
const passedOver: ReadonlySet<string> = new Set([
  'node_modules',
  'dist',
  'build',
  'generated',
  'vendor',
  'target',
]);
/** Folders that are searched at most, and how deep: a server may be started in somebody's home. */
const mostFolders = 2000;
const deepest = 6;

const isSpecName = (name: string): boolean => /(?:^|\.)observability\.ya?ml$/.test(name);

/** The specs below a folder, by the names that specs have. */
export function specsBelow(root: string): readonly string[] {
  const found: string[] = [];
  const open: { readonly folder: string; readonly depth: number }[] = [{ folder: root, depth: 0 }];
  for (let index = 0; index < open.length && index < mostFolders; index += 1) {
    const { folder, depth } = open[index] ?? { folder: root, depth: 0 };
    for (const entry of entriesOf(folder)) {
      if (entry.isFile() && isSpecName(entry.name)) found.push(join(folder, entry.name));
      else if (
        entry.isDirectory() &&
        depth < deepest &&
        !entry.name.startsWith('.') &&
        !passedOver.has(entry.name)
      )
        open.push({ folder: join(folder, entry.name), depth: depth + 1 });
    }
  }
  return found.sort();
}

/** A folder that may not be looked into has nothing for us. */
function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** The specs that an editor works on: those that lie in its folders, and those that it has opened. */
export class Workspace {
  readonly documents: Documents;
  readonly #projects = new Map<string, Project>();
  readonly #today: () => string;

  constructor(documents: Documents, today: () => string) {
    this.documents = documents;
    this.#today = today;
  }

  get projects(): readonly Project[] {
    return [...this.#projects.values()];
  }

  /** Adds a spec by its main file. */
  add(main: string): Project {
    const path = resolve(main);
    const project = this.#projects.get(path) ?? new Project(path, this.documents, this.#today);
    this.#projects.set(path, project);
    return project;
  }

  remove(project: Project): void {
    this.#projects.delete(project.main);
  }

  /**
   * The specs that a file is a part of, as far as they have been looked at. A file that is part of none and looks like a spec is one of its
   * own.
   */
  projectsWith(path: string): readonly Project[] {
    const found = this.projects.filter((project) => project.main === path || project.paths.includes(path));
    if (found.length > 0) return found;
    return this.#looksLikeSpec(path) ? [this.add(path)] : [];
  }

  /** The spec that questions about a file are answered from: of several, the one whose main file it is. */
  projectOf(path: string): Project | undefined {
    const found = this.projectsWith(path);
    return found.find(({ main }) => main === path) ?? found[0];
  }

  /** By its name, or because it has a version, or nothing but sections of a spec. */
  #looksLikeSpec(path: string): boolean {
    if (!/\.ya?ml$/.test(path)) return false;
    if (isSpecName(path)) return true;
    const source = this.documents.source(path);
    const root = source && parseWithoutSecrets(source).value?.root;
    if (root === undefined || !root.entries.has('version')) return false;
    const sections = Object.keys(languageSchema().properties ?? {});
    const isOurs = [...root.entries.keys()].every((key) => sections.includes(key));
    return isOurs && (root.entries.has('service') || listedAt(root, 'presets').length > 0);
  }
}
