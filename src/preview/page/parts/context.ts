import type { Panel } from '../board.js';
import type { Theme } from '../format/colours.js';
import type { Chosen } from '../query/interpolate.js';
import type { TimeRange } from '../query/time.js';

/** What the server says of itself. */
export interface ServerState {
  readonly service: string;
  readonly mode: 'sample' | 'live' | 'none';
  /** Seconds since 1970; null: the clock's. */
  readonly now: number | null;
  /** Seconds. */
  readonly scrapeInterval: number;
  readonly prometheus: {
    readonly available: boolean;
    readonly version?: string | undefined;
    readonly reason?: string | undefined;
    readonly help?: string | undefined;
  };
  readonly dashboards: readonly {
    readonly name: string;
    readonly title: string;
    readonly topic: string | null;
  }[];
  readonly generation: number;
  readonly problems: readonly string[];
}

/** A moment or a span that is marked on the time axis. Milliseconds since 1970. */
export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly colour: string;
  readonly title: string;
  readonly text: string;
}

/** What a panel needs to be drawn. */
export interface Context {
  readonly state: ServerState;
  readonly range: TimeRange;
  readonly chosen: ReadonlyMap<string, Chosen>;
  readonly signal: AbortSignal;
  readonly marks: Promise<readonly Mark[]>;
  theme(): Theme;
  /** Shows another range. */
  zoom(range: TimeRange): void;
  /** Says something to those who listen to the page. */
  announce(text: string): void;
  /** Where a link of a dashboard leads to. */
  href(url: string): string;
}

/** Pixels that a panel has for what it shows. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

/** The same as a table, for those who would rather read. */
export interface DataTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Rendered {
  readonly state: 'ready' | 'empty' | 'unavailable';
  readonly table?: (() => DataTable) | undefined;
  destroy?(): void;
}

/** Draws what was loaded into an empty element that has its size. */
export type Render = (host: HTMLElement) => Rendered;

/** Asks for what a panel shows. */
export type Load = (panel: Panel, room: Room, context: Context) => Promise<Render>;
