export class Agent {
  readonly label: string;
  constructor(
    readonly name: string,
    private readonly retries = 3,
    protected loud?: boolean,
  ) {
    this.label = `${name} ${this.retries} ${String(this.loud)}`;
  }
}

export class Loud extends Agent {
  constructor(name: string, readonly volume: number) {
    super(name, 1, true);
    this.check();
  }
  private check(): void {
    if (this.volume > 10) throw new RangeError('too loud');
  }
}
