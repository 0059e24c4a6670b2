// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { isError } from '../is-error.js';

/** What a program knows of an error beside the error itself. */
export interface ErrorDetails {
  /** Agent in which it happened: a tag. */
  readonly agent?: string;
  /** Tool or model that was called: a tag, and with the type of the error what reports are grouped by. */
  readonly tool?: string;
  readonly level?: 'fatal' | 'error' | 'warning' | 'info';
  /** Short values to search for. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Anything else; redacted. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** The request that failed: passwords, values of the query, cookies and bodies are left out. */
  readonly request?: {
    readonly method?: string;
    readonly url?: string;
    readonly headers?: Readonly<Record<string, unknown>>;
  };
}

/** What a breadcrumb says. */
export interface BreadcrumbDetails {
  readonly category?: string;
  readonly level?: 'debug' | 'info' | 'warning' | 'error';
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The name of what was thrown. */
export function errorType(thrown: unknown): string {
  try {
    return isError(thrown) ? thrown.name : typeof thrown;
  } catch {
    return 'object';
  }
}

/** A text for what was thrown. */
export function errorMessage(thrown: unknown): string {
  try {
    if (isError(thrown)) return thrown.message;
    return typeof thrown === 'string' || typeof thrown === 'number' ? `${thrown}` : `thrown ${typeof thrown}`;
  } catch {
    return 'what was thrown cannot be read';
  }
}

/** The stack of what was thrown, where it has one. */
export function errorStack(thrown: unknown): string | undefined {
  try {
    return isError(thrown) && typeof thrown.stack === 'string' ? thrown.stack : undefined;
  } catch {
    return undefined;
  }
}
