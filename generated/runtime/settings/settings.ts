// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { shared } from '../shared.js';

/** What an operator can change while the service runs, without a release and without a restart. */
export interface Settings {
  /** Least level of log lines that are written: trace, debug, info, warn, error, fatal or silent. */
  readonly logLevel?: string | undefined;
  /** The same by category of the log event. */
  readonly logCategories?: Readonly<Record<string, string>> | undefined;
  /** Share of traces that are kept, between 0 and 1. */
  readonly sampling?: number | undefined;
  /** Whether contents of prompts and answers, and personal data, may be exported. */
  readonly captureContent?: boolean | undefined;
  /** Parts that are switched off (`false`), by name: traces, logs, process, and components such as errors, security, cost. */
  readonly switches?: Readonly<Record<string, boolean>> | undefined;
  /** Tighter caps of labels than the spec's, by the label's key; and labels that are dropped, which holds from the next start on. */
  readonly labels?: Readonly<Record<string, LabelSetting>> | undefined;
}

/** What an operator asks of a label. */
export interface LabelSetting {
  /** Values that keep their name, at most. */
  readonly cap?: number | undefined;
  /** true: no page shows the label. */
  readonly drop?: boolean | undefined;
}

interface State {
  current: Settings;
  readonly listeners: Set<(settings: Settings) => void>;
}

const state = shared('settings', (): State => ({ current: {}, listeners: new Set() }));

/** The settings in force. */
export function currentSettings(): Settings {
  return state.current;
}

/** Calls back with the settings now and whenever they change; returns the end of it. */
export function onSettings(listener: (settings: Settings) => void): () => void {
  state.listeners.add(listener);
  listener(state.current);
  return () => {
    state.listeners.delete(listener);
  };
}

/** Puts settings into force. A listener that throws does not keep the others from hearing of them. */
export function applySettings(settings: Settings): void {
  state.current = Object.freeze({ ...settings });
  for (const listener of state.listeners) {
    try {
      listener(state.current);
    } catch {
      // What a listener cannot use stays as it was.
    }
  }
}
