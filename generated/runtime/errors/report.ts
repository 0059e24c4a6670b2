// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { ErrorDetails } from './details.js';
import type { Breadcrumb, ErrorUser } from './report-scope.js';

/** Everything that is known of an error when it is reported. */
export interface Report {
  readonly error: unknown;
  readonly type: string;
  readonly level: NonNullable<ErrorDetails['level']>;
  readonly isHandled: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly user: ErrorUser | undefined;
  readonly breadcrumbs: readonly Breadcrumb[];
  readonly request: ErrorDetails['request'];
  /** Ids of the active span, as Sentry names them. */
  readonly trace: { readonly trace_id: string; readonly span_id: string } | undefined;
  /** What it is grouped by, where that is not its stack. */
  readonly fingerprint: readonly string[] | undefined;
}
