/** Writes down what can be observed of a case's code. The same lines have to come out before and after it is instrumented. */
export interface Recorder {
  /** Calls, and writes down what came of it: a result, something thrown, a promise and how it settled. */
  (label: string, work: () => unknown): Promise<void>;
  /** Writes a value down. */
  value(label: string, value: unknown): void;
  /** Writes down what a function looks like from outside: name, length, kind, own properties with their descriptors. */
  shape(label: string, value: unknown): void;
  /** Writes down how a property is defined. */
  property(label: string, holder: object, key: PropertyKey): void;
  /** Writes down the names of those frames of an error's stack that stand in the case's own files. */
  frames(label: string, work: () => unknown): Promise<void>;
  /** Waits until everything that is due has run. */
  settle(): Promise<void>;
}

/** What `behaviour.ts` exports by default. */
export type Behaviour = (record: Recorder) => void | Promise<void>;
