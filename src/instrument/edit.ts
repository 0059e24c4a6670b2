/**
 * A replacement in a text, in UTF-16 offsets. Edits at one place keep the nesting of what they belong to: what closes stands before what
 * opens, the inner closes first, the outer opens first.
 */
export interface Edit {
  readonly start: number;
  /** Exclusive; equal to `start` for an insertion. */
  readonly end: number;
  readonly text: string;
  readonly side: 'open' | 'close';
  /** Length of the node that the edit belongs to, which orders edits at one place. */
  readonly extent: number;
}

/** What was done to a place, or why nothing was: never half of it. It survives JSON. */
export type ShapeResult =
  { readonly edits: readonly Edit[]; readonly form: string } | { readonly skip: Skip };

/** Why a place was left alone: an OBS51xx with the place's offsets. */
export interface Skip {
  readonly code: `OBS51${number}`;
  /** Starts in lower case, names the fact. */
  readonly message: string;
  readonly help?: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** Puts text in at a place. */
export function insert(
  at: number,
  text: string,
  side: Edit['side'],
  node: { readonly pos: number; readonly end: number },
): Edit {
  return { start: at, end: at, text, side, extent: node.end - node.pos };
}

/** Replaces a stretch of the text. */
export function replace(
  start: number,
  end: number,
  text: string,
  node: { readonly pos: number; readonly end: number },
): Edit {
  return { start, end, text, side: 'open', extent: node.end - node.pos };
}

/**
 * The text with all edits in it, in one pass; everything outside them is the same.
 * Throws a RangeError where two edits replace the same stretch: a fault of the shapes.
 */
export function splice(text: string, edits: readonly Edit[]): string {
  const sorted = [...edits].sort(inOrder);
  const parts: string[] = [];
  let at = 0;
  for (const edit of sorted) {
    if (edit.start < at) throw new RangeError(`two edits replace the text at ${edit.start}`);
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

function inOrder(a: Edit, b: Edit): number {
  if (a.start !== b.start) return a.start - b.start;
  if (a.side !== b.side) return a.side === 'close' ? -1 : 1;
  return a.side === 'close' ? a.extent - b.extent : b.extent - a.extent;
}
