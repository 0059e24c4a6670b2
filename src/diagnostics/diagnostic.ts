import type { DiagnosticCode } from './catalogue.js';
import type { Severity } from './severity.js';
import type { SourceFile } from './source-file.js';

/** A stretch of a source file, in UTF-16 offsets; `end` is exclusive. Lines and columns are worked out when it is shown. */
export interface Range {
  readonly source: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** Another place that helps to understand a diagnostic: the first of two definitions, the metric that a query reads. */
export interface Related {
  readonly range: Range;
  readonly message: string;
}

/** A replacement that mends the fault: put `text` where `range` is. */
export interface Fix {
  readonly range: Range;
  readonly text: string;
}

/** One finding. `message` starts in lower case, names the fact and has no full stop; the way out stands in `help`. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  /** Absent only where no file can be named, such as an output directory that cannot be written. */
  readonly range?: Range | undefined;
  readonly related: readonly Related[];
  readonly help?: string | undefined;
  readonly fix?: Fix | undefined;
}

/** What a stage returns: a value, diagnostics, or both. No value means that the next stage cannot run. */
export interface Outcome<T> {
  readonly value: T | undefined;
  readonly diagnostics: readonly Diagnostic[];
}
