// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { base64, web } from './web.js';

/** Where a push goes. */
export interface PushTarget {
  readonly url: string;
  /** The value of the header, where the address named a user. */
  readonly authorization?: string;
  /** Texts that no error may show. */
  readonly secrets: readonly string[];
}

/** A push that cannot be made as it was asked for; the message shows none of the values. */
export class PushFault extends Error {}

/** What of a job's metrics belongs together at the gateway. */
export interface PushGroup {
  readonly job: string;
  readonly groupings?: Readonly<Record<string, string>> | undefined;
}

/**
 * The address of a group of metrics at a Pushgateway: `/metrics/job/<job>{/<label>/<value>}`.
 * @throws {PushFault} where no such address can be made
 */
export function pushTarget(address: string, group: PushGroup): PushTarget {
  const url = parsed(address);
  const path = `${url.pathname.replace(/\/+$/, '')}/metrics${groupPath(group)}`;
  const target = { url: `${url.protocol}//${url.host}${path}${url.search}`, secrets: [] };
  if (url.username === '' && url.password === '') return target;
  // `fetch` refuses addresses that name a user.
  const user = decoded(url.username);
  const password = decoded(url.password);
  const token = base64(`${user}:${password}`);
  const secrets = [token, password, url.password, user, url.username].filter((secret) => secret !== '');
  return { ...target, authorization: `Basic ${token}`, secrets };
}

function parsed(address: string): InstanceType<typeof web.URL> {
  try {
    const url = new web.URL(address);
    if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  } catch {
    // Node's message shows the address, and with it a password.
  }
  throw new PushFault('the url is no http or https address');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function groupPath({ job, groupings = {} }: PushGroup): string {
  if (typeof job !== 'string' || job === '') throw new PushFault('the job has no name');
  const labels = Object.entries(groupings);
  for (const [name, value] of labels) {
    if (name === 'job' || name.startsWith('__') || !/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name))
      throw new PushFault('a grouping is no label name of its own');
    if (typeof value !== 'string') throw new PushFault('the value of a grouping is no text');
  }
  return [['job', job], ...labels].map(([name = '', value = '']) => segment(name, value)).join('');
}

/**
 * One label of the path. The Pushgateway takes a value in URL-safe base64 where the name says so; it has to be used for slashes and for
 * empty values, which are one `=` (README of github.com/prometheus/pushgateway, "Using the Pushgateway"). Here it is used for all but the
 * plainest values, since `.` and `..` would vanish from the path, and proxies decode what is escaped by `%`.
 */
function segment(name: string, value: string): string {
  if (/^[\w-][\w.-]*$/.test(value)) return `/${name}/${value}`;
  const encoded = base64(value).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
  return `/${name}@base64/${encoded === '' ? '=' : encoded}`;
}
