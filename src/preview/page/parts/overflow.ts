/** A text that is not wholly seen. */
export interface Overflow {
  readonly panel: string;
  readonly text: string;
}
