const width = 32;

/** Shows how far it is: one line that changes on a terminal, a line each elsewhere. */
export class Progress {
  readonly #total: number;
  readonly #stream: NodeJS.WriteStream;
  #done = 0;

  constructor(total: number, stream: NodeJS.WriteStream = process.stdout) {
    this.#total = total;
    this.#stream = stream;
    if (stream.isTTY) this.#draw('');
  }

  /** One more is done. */
  step(what: string): void {
    this.#done += 1;
    if (this.#stream.isTTY) this.#draw(what);
    else this.#stream.write(`  ${String(this.#done).padStart(3)}/${this.#total}  ${what}\n`);
  }

  /** Takes the bar away. */
  end(): void {
    if (this.#stream.isTTY) this.#stream.write('\r\u001b[2K');
  }

  #draw(what: string): void {
    const filled = Math.round((this.#done / this.#total) * width);
    const bar = '█'.repeat(filled) + '░'.repeat(width - filled);
    const text = `  ${bar} ${this.#done}/${this.#total}  ${what}`;
    this.#stream.write(`\r\u001b[2K${text.slice(0, Math.max(20, this.#stream.columns - 1))}`);
  }
}
