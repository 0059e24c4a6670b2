/** What a span fails with. */
export interface Failure {
  readonly type: string;
  readonly message: string;
}

const ofCalls: readonly Failure[] = [
  { type: 'TimeoutError', message: 'no answer within 30 s' },
  { type: 'RateLimitError', message: '429 too many requests' },
  { type: 'ConnectionError', message: 'the connection was closed by the other side' },
];
const ofTools: readonly Failure[] = [
  { type: 'TimeoutError', message: 'the tool did not answer in time' },
  { type: 'ValidationError', message: 'the arguments do not fit the schema of the tool' },
];
const ofOthers: readonly Failure[] = [
  { type: 'TimeoutError', message: 'the deadline has passed' },
  { type: 'ConnectionError', message: 'connect ECONNREFUSED 127.0.0.1:8080' },
  { type: 'Error', message: 'the answer could not be read' },
];

/** One of the failures that suit a span, by its name. @param random from 0 to 1 (exclusive) */
export function failureOf(name: string, random: () => number): Failure {
  const fitting = /model|chat|llm|embed/.test(name)
    ? ofCalls
    : /tool|search|fetch/.test(name)
      ? ofTools
      : ofOthers;
  // The first one has most.
  return fitting[Math.floor(fitting.length * random() ** 1.6)] ?? { type: 'Error', message: 'failed' };
}
