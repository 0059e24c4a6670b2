import type { Board, BoardPanel } from './board.js';
import type { LintContext } from './context.js';

/** Where something stands in the file, and the panel that it belongs to. */
export interface Place {
  readonly panel?: BoardPanel | undefined;
  /** As JSON is reached into: `panels[3].targets[0].expr`. */
  readonly path: string;
}

/** What a rule says of one thing that it looked at: fine, wrong, or outside of the rule for a reason. */
export type Verdict =
  | { readonly kind: 'fine'; readonly place: Place }
  | { readonly kind: 'fault'; readonly place: Place; readonly message: string; readonly help: string }
  | { readonly kind: 'exempt'; readonly place: Place; readonly reason: string };

/**
 * One rule. It yields a verdict for each thing that it looks at, so that a dashboard that has none of these can be told from one whose
 * things are all right.
 */
export interface Rule {
  readonly id: string;
  /** `dashboard-linter`: a rule of Grafana's linter, by its name there. */
  readonly from: 'dashboard-linter' | 'obs-gen';
  /** Whether it compares with a spec, and looks at nothing without one. */
  readonly needsModel?: boolean;
  readonly check: (board: Board, context: LintContext) => Iterable<Verdict>;
}

export function fine(place: Place): Verdict {
  return { kind: 'fine', place };
}

export function fault(place: Place, message: string, help: string): Verdict {
  return { kind: 'fault', place, message, help };
}

export function exempt(place: Place, reason: string): Verdict {
  return { kind: 'exempt', place, reason };
}

/** A fault where something is wrong, else a thing that is fine. */
export function verdict(isFine: boolean, place: Place, message: string, help: string): Verdict {
  return isFine ? fine(place) : fault(place, message, help);
}

/** The place of a panel, or of something below it. */
export function inPanel(panel: BoardPanel, below = ''): Place {
  return { panel, path: below === '' ? panel.path : `${panel.path}.${below}` };
}
