/** Why an expression has no value: Prometheus would refuse to evaluate it too, or it asks for what is not evaluated here. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
}
