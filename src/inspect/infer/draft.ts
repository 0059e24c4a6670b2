/** A value with a comment at its line: that no source states it and why it is what it is, or what else is to be said of it. */
export class Guess<T = unknown> {
  readonly value: T;
  readonly reason: string;
  readonly mark: 'guessed' | 'note';

  constructor(value: T, reason: string, mark: Guess['mark'] = 'guessed') {
    this.value = value;
    this.reason = reason;
    this.mark = mark;
  }
}

/** A value that a source does state, with something to be said of it. */
export function noted<T>(value: T, remark: string): Guess<T> {
  return new Guess(value, remark, 'note');
}

/** The value of something that may be guessed. */
export function plain<T>(value: T | Guess<T>): T {
  return value instanceof Guess ? value.value : value;
}

/** An entry of a section: keys in the order in which they are written. Values that are undefined are not. */
export type Entry = Readonly<Record<string, unknown>>;

/** A panel, with where it comes from. */
export interface DraftPanel {
  readonly entry: Entry;
  readonly where: string;
}

export interface DraftBoard {
  readonly entry: Entry;
  readonly rows: { readonly title: string | Guess<string>; readonly panels: DraftPanel[] }[];
  readonly where: string;
}

/** Sections whose entries stand by name. */
export const namedSections = ['external', 'labels', 'metrics', 'spans', 'alerts'] as const;
export type NamedSection = (typeof namedSections)[number];

/** A spec that is being made: entries can still be taken out, and what is taken out is remembered with its reason. */
export interface Draft {
  service: Entry;
  presets: (string | Guess<string>)[];
  budgets: Entry | undefined;
  readonly suppress: Entry[];
  readonly external: Map<string, Entry>;
  readonly labels: Map<string, Entry>;
  readonly metrics: Map<string, Entry | null>;
  readonly spans: Map<string, Entry>;
  readonly alerts: Map<string, Entry | null>;
  readonly dashboards: Map<string, DraftBoard>;
  /** Comment lines at the end of a section: what was left out of it, and why. */
  readonly leftOut: Map<string, string[]>;
}

export function newDraft(service: Entry): Draft {
  return {
    service,
    presets: [],
    budgets: undefined,
    suppress: [],
    external: new Map(),
    labels: new Map(),
    metrics: new Map(),
    spans: new Map(),
    alerts: new Map(),
    dashboards: new Map(),
    leftOut: new Map(),
  };
}

/** Remembers what was left out of a section. */
export function leaveOut(draft: Draft, section: string, lines: readonly string[]): void {
  draft.leftOut.set(section, [...(draft.leftOut.get(section) ?? []), ...lines]);
}
