import type { Model } from './model.js';

/**
 * Where the first steps of an alert are written down; undefined where the service has no place for runbooks. Alert names are letters,
 * digits and underscores, so that nothing in one needs escaping in a URL.
 */
export function runbookUrl(model: Model, alert: string): string | undefined {
  const { runbooks } = model.service;
  return runbooks === undefined ? undefined : `${runbooks}/${alert}`;
}
