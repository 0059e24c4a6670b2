import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { SourceFile } from '../../diagnostics/source-file.js';

/** Why a file was not looked at, or not to its end. It survives JSON. */
export interface FileNote {
  readonly code:
    'OBS5050' | 'OBS5051' | 'OBS5052' | 'OBS5053' | 'OBS5054' | 'OBS5055' | 'OBS5056' | 'OBS5057' | 'OBS5058';
  /** Relative to the spec's folder, with `/`; as it was typed where it came from the command line. */
  readonly path: string;
  /** Starts in lower case, names the fact. */
  readonly message: string;
  readonly help?: string | undefined;
  /** Offset of the fault in the file's text, where it has a place. */
  readonly start?: number | undefined;
}

/** The note as it is shown; `text` is the file's text where the note has a place in it. */
export function noteDiagnostic(note: FileNote, text: string | undefined): Diagnostic {
  const { code, path, message, help, start } = note;
  const source = new SourceFile(path, text ?? '');
  const at = text === undefined ? 0 : Math.min(start ?? 0, text.length);
  return diagnostic(code, { message, help, range: { source, start: at, end: at } });
}
