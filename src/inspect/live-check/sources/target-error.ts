/** A target that cannot be looked at, with the way out line by line. */
export class TargetError extends Error {
  readonly help: readonly string[];
  /** Whether the target may answer later: it refused the connection, or is not ready yet. */
  readonly isTemporary: boolean;

  constructor(message: string, help: readonly string[] = [], isTemporary = false) {
    super(message);
    this.help = help;
    this.isTemporary = isTemporary;
  }
}
