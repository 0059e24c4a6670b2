const mostSeconds = 300;

/** How long to wait before the next try: 1, 2, 4 … 300 seconds. */
export class BackOff {
  private seconds = 1;

  next(): number {
    const now = this.seconds;
    this.seconds = Math.min(mostSeconds, now * 2);
    return now;
  }

  reset(): void {
    this.seconds = 1;
  }
}
