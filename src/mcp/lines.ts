import { StringDecoder } from 'node:string_decoder';

/** Characters of one line: more is no request that anybody means. */
export const longestLine = 16 * 1024 * 1024;

/** Cuts a stream of bytes into lines, each of which is handed on without its end; blank ones are passed over. */
export class LineReader {
  readonly #onLine: (line: string) => void;
  readonly #onTooLong: () => void;
  readonly #decoder = new StringDecoder('utf8');
  #rest: string[] = [];
  #length = 0;
  #skips = false;

  /** @param onTooLong called once for a line that is longer than can be read; the line is passed over */
  constructor(onLine: (line: string) => void, onTooLong: () => void) {
    this.#onLine = onLine;
    this.#onTooLong = onTooLong;
  }

  write(chunk: Buffer): void {
    const [first = '', ...others] = this.#decoder.write(chunk).split('\n');
    this.#append(first);
    for (const part of others) {
      this.#end();
      this.#append(part);
    }
  }

  /** What stands behind the last line end is a line as well. */
  end(): void {
    this.#append(this.#decoder.end());
    this.#end();
  }

  #append(part: string): void {
    if (this.#skips || part === '') return;
    this.#length += part.length;
    this.#rest.push(part);
    if (this.#length <= longestLine) return;
    this.#skips = true;
    this.#rest = [];
    this.#onTooLong();
  }

  #end(): void {
    const line = this.#rest.join('');
    this.#rest = [];
    this.#length = 0;
    this.#skips = false;
    if (line.trim() !== '') this.#onLine(line);
  }
}
