/** A line and a column, both from 1; the column counts UTF-16 code units, as editors and SARIF do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Offsets of the first character of every line. CR LF, LF and lone CR end a line. */
function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 10 || (code === 13 && text.charCodeAt(index + 1) !== 10)) starts.push(index + 1);
  }
  return starts;
}

/** One file of the user's (or a preset of ours): its text, and where its lines begin. */
export class SourceFile {
  readonly path: string;
  readonly text: string;
  /** Ranges of `text` that hold secrets: no renderer may show them. Filled once, by the check that finds them. */
  readonly secrets: { readonly start: number; readonly end: number }[] = [];
  #lineStarts: readonly number[] | undefined;

  /**
   * @param path as shown to people: relative to the working directory, with `/`
   * @param text decoded, without a byte order mark
   */
  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  get lineStarts(): readonly number[] {
    this.#lineStarts ??= lineStartsOf(this.text);
    return this.#lineStarts;
  }

  /** Line and column of an offset; an offset beyond the end is the end. */
  position(offset: number): Position {
    const starts = this.lineStarts;
    const target = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= target) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: target - (starts[low] ?? 0) + 1 };
  }

  /** The text of a line (from 1), without its line end. */
  line(number: number): string {
    const start = this.lineStarts[number - 1];
    if (start === undefined) return '';
    const end = this.lineStarts[number] ?? this.text.length;
    return this.text.slice(start, end).replace(/[\r\n]+$/, '');
  }
}
