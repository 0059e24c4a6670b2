/** A stack cannot be started, asked or ended as things are; with the way out, line by line. */
export class StackFault extends Error {
  readonly help: readonly string[];

  constructor(message: string, help: readonly string[] = []) {
    super(message);
    this.help = help;
  }
}
