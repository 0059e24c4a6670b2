import { splice, type Edit, type ShapeResult } from '../edit.js';
import type { Chosen } from '../insertion.js';
import { WrittenFile, type FileFacts } from './context.js';
import { shapesOf } from './dispatch.js';
import { importEdit } from './import-text.js';

/** A file's text with all that was chosen in it. */
export interface Composed {
  readonly text: string;
  /** What came of each place, in the order given. */
  readonly results: readonly ShapeResult[];
}

/** Makes the edits of the places and the import, and applies them in one splice. Throws a RangeError where two of them clash. */
export function compose(facts: FileFacts, chosen: readonly Chosen[]): Composed {
  const file = new WrittenFile(facts);
  const results = shapesOf(chosen, file);
  const edits: Edit[] = [];
  for (const result of results) if ('edits' in result) for (const edit of result.edits) edits.push(edit);
  if (edits.length === 0) return { text: facts.text, results };
  file.forgetUnused(edits);
  const taken = importEdit(file);
  if (taken !== undefined) edits.push(taken);
  return { text: splice(facts.text, edits), results };
}
