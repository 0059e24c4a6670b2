import type { Dashboard, Model, Panel } from '../model/model.js';

/** What is known beside the JSON. */
export interface LintContext {
  /** The spec that the dashboard belongs to. Without one, rules that compare with it look at nothing. */
  readonly model?: Model | undefined;
  /** The dashboard of the spec that the JSON was made of. */
  readonly dashboard?: Dashboard | undefined;
  /** The panels of the spec that panels of the JSON were made of, by id. */
  readonly authored?: ReadonlyMap<number, Panel> | undefined;
  /** The other dashboards of the same folder: titles and uids differ. */
  readonly beside?: readonly unknown[] | undefined;
}
