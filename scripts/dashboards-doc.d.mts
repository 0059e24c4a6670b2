import type { analyse } from '../src/analyse.js';
import type { inspectDashboard, score } from '../src/dashboard-lint/index.js';
import type { scoreTable } from '../src/dashboard-lint/markdown.js';
import type { ownBoards } from '../src/dashboard-lint/own-boards.js';

/** The functions of the product that the document is made with. */
export interface Lint {
  readonly analyse: typeof analyse;
  readonly inspectDashboard: typeof inspectDashboard;
  readonly score: typeof score;
  readonly scoreTable: typeof scoreTable;
  readonly ownBoards: typeof ownBoards;
}

export const others: readonly { readonly file: string; readonly name: string; readonly source: string }[];
export function generatedPart(lint: Lint): string;
export function publicPart(lint: Lint, directory: string): string;
export function partsOf(text: string): { readonly generated: string; readonly recorded: string };
export function documentOf(generated: string, recorded: string): string;
