import { FileFault, parseSource, syntaxFault } from '../find/parse-file.js';
import { withoutMark } from './draft.js';

/** Whether a text does not parse as the file at a path. */
export function hasSyntaxError(path: string, text: string): boolean {
  try {
    return syntaxFault(parseSource(path, withoutMark(text))) !== undefined;
  } catch (error) {
    if (error instanceof FileFault) return true;
    throw error;
  }
}
