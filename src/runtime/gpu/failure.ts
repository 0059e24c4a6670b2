/** Why collecting failed, as the label `failure` has it. */
export type GpuFailure =
  | 'not_found'
  | 'driver'
  | 'permission'
  | 'timeout'
  | 'stuck'
  | 'output'
  | 'parse'
  | 'no_devices'
  | 'device_lost'
  | 'exit';

/** A reading that failed, for people and for `gpu_collector_failures_total`. */
export interface GpuFault {
  readonly failure: GpuFailure;
  /** One line: what was run, what it said, what to do about it. */
  readonly message: string;
}

/** What came of an output: a sample, and what is wrong with it beside. At least one of the two is there. */
export interface GpuReading<Sample> {
  readonly sample?: Sample | undefined;
  readonly fault?: GpuFault | undefined;
}
