import type { Json } from './json.js';

/** A variable of a dashboard. */
export interface Variable {
  readonly json: Json;
  readonly path: string;
  readonly name: string;
  readonly type: string;
  /** Old files have the text of a query in an object. */
  readonly query: string;
}
