/** Cuts a stream of text into lines, without what ends them. */
export class Lines {
  private readonly most: number;
  private readonly take: (line: string) => void;
  private rest = '';

  /** @param most characters of one line */
  constructor(most: number, take: (line: string) => void) {
    this.most = most;
    this.take = take;
  }

  /** @returns whether the lines are of a length that anybody wants to read */
  push(text: string): boolean {
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      const line = this.rest + text.slice(from, end);
      this.rest = '';
      from = end + 1;
      if (line.length > this.most) return false;
      this.take(line.endsWith('\r') ? line.slice(0, -1) : line);
    }
    this.rest += text.slice(from);
    return this.rest.length <= this.most;
  }

  /** What has no end yet: the half of a line, where nothing follows. */
  get unfinished(): string {
    return this.rest;
  }
}
