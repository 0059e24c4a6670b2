/** Made-up data could not be brought into Prometheus. */
export class DataFault extends Error {
  /** What the program said last; empty where it said nothing. */
  readonly log: string;

  constructor(message: string, log = '') {
    super(message);
    this.log = log;
  }
}
