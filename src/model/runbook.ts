import type { Model } from './model.js';

/** What an alert's name stands in for, in an address that goes on after it. */
const placeholder = '{alert}';

/**
 * Where the first steps of an alert are written down; undefined where the service has no place for runbooks. Alert names are letters,
 * digits and underscores, so that nothing in one needs escaping in a URL.
 */
export function runbookUrl(model: Model, alert: string): string | undefined {
  const { runbooks } = model.service;
  if (runbooks === undefined) return undefined;
  return runbooks.includes(placeholder) ? runbooks.replaceAll(placeholder, alert) : `${runbooks}/${alert}`;
}

/** Where all runbooks are: the folder of an alert's, where the address has its name within. */
export function runbooksUrl(model: Model): string | undefined {
  const { runbooks } = model.service;
  const at = runbooks?.indexOf(placeholder) ?? -1;
  if (runbooks === undefined || at < 0) return runbooks;
  const folder = runbooks
    .slice(0, at)
    .replace(/[^/]*$/, '')
    .replace(/\/+$/, '');
  // A placeholder in the name of the host leaves nothing of the address.
  return /^https?:\/\/[^/]/.test(folder) ? folder : undefined;
}
