import type { catalogue } from '../src/diagnostics/catalogue.js';
import type { codeGroups } from '../src/cli/explain.js';
import type { commandLine } from '../src/cli/run.js';

/** What of the product the documents are made with. */
export interface Product {
  readonly catalogue: typeof catalogue;
  readonly codeGroups: typeof codeGroups;
  readonly commandLine: typeof commandLine;
}

export const terminalPictures: readonly {
  readonly file: string;
  readonly args: readonly string[];
  readonly title: string;
}[];
export function writeProject(folder: string): void;
export function documents(product: Product): Promise<Readonly<Record<string, string>>>;
