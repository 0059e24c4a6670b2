/**
 * Names of the series that alerts of the form `anomaly` record. The label `anomaly` says for which alert, `service` for which service.
 */
export const anomalyNames = {
  /** What is watched. */
  value: 'anomaly:value',
  /** Its level one or more seasons ago, which the label `seasons` counts. */
  earlier: 'anomaly:earlier',
  /** Its usual level at this time of the season. */
  usual: 'anomaly:usual',
  /** How far it is from there: negative below. */
  residual: 'anomaly:residual',
  /** How far it usually is from there. */
  deviation: 'anomaly:deviation',
} as const;
