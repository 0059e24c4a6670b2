import { afterSeconds } from '../../timers.js';

/** How the lines of a tool that runs on belong together. Each is looked at once: a tool that floods has hundreds of thousands. */
export interface RoundShape {
  /** The device that a line is of: one that comes again begins the next round. */
  deviceOf(line: string): string | undefined;
  /** Of how many devices the round is to be, where a line tells it. */
  sizeOf?(line: string): number | undefined;
  /** Whether a line says what the columns of all rounds are. */
  isHeader?(line: string): boolean;
}

/** Rows of one round come together: after such a silence no more is to come. Seconds. */
const quietSeconds = 0.25;
/** More than any host has devices. */
const mostLines = 256;

/** Puts the lines of a tool that runs on together to rounds: what it says of all devices at one time. */
export class Rounds {
  private readonly shape: RoundShape;
  private readonly take: (text: string) => void;
  private header: string | undefined;
  private round: string[] = [];
  private readonly devices = new Set<string>();
  private endQuiet: (() => void) | undefined;

  constructor(shape: RoundShape, take: (text: string) => void) {
    this.shape = shape;
    this.take = take;
  }

  push(line: string): void {
    if (line.trim() === '') return;
    if (this.shape.isHeader?.(line) === true) {
      this.flush();
      this.header = line;
      return;
    }
    const device = this.shape.deviceOf(line);
    if (device !== undefined && this.devices.has(device)) this.flush();
    this.round.push(line);
    if (device !== undefined) this.devices.add(device);
    const isComplete = this.shape.sizeOf?.(line) === this.devices.size;
    if (isComplete || this.round.length === mostLines) this.flush();
    else
      this.endQuiet ??= afterSeconds(quietSeconds, () => {
        this.flush();
      });
  }

  /** Takes what is there as a whole round. */
  flush(): void {
    if (this.round.length > 0) this.take(this.drop());
  }

  /** Forgets what is there and returns it. */
  drop(): string {
    this.endQuiet?.();
    this.endQuiet = undefined;
    const text = [...(this.header === undefined ? [] : [this.header]), ...this.round].join('\n');
    this.round = [];
    this.devices.clear();
    return text;
  }
}

/** Rounds of one line. */
export const lineByLine: RoundShape = { deviceOf: () => '', sizeOf: () => 1 };
