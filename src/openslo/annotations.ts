/**
 * Annotations that carry what OpenSLO has no words for, so that `openslo import` can read it again; other readers pass them over.
 */
export const annotations = {
  /** On an SLO: its name in the spec, where OpenSLO admits no such name. */
  name: 'obs-gen/name',
  /** On an SLI: its name in the spec, where OpenSLO admits no such name. */
  sli: 'obs-gen/sli',
  /** On an alert condition: the window that has to burn as well, so that the alert ends soon after the incident. */
  shortWindow: 'obs-gen/short-window',
  /** On an SLO: bad events that a window must hold before an alert fires. */
  minEvents: 'obs-gen/min-events',
  /** On an SLO: for how long there is no data before an alert tells so. */
  noData: 'obs-gen/no-data',
} as const;

/** The API version that is written, and those that are read. */
export const apiVersion = 'openslo/v1';
export const readVersions: readonly string[] = [apiVersion, 'openslo.com/v1'];
