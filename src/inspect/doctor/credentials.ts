import type { PlaceName } from './places.js';

/** What the doctor shows to the parts. None of it is ever printed. */
export interface Credentials {
  /** Bearer token for the parts of the stack; the service has one of its own. */
  readonly token?: string | undefined;
  readonly serviceToken?: string | undefined;
  /** Password of Grafana's administrator. */
  readonly grafanaPassword?: string | undefined;
  /** PEM: a client certificate, its key, and the authority that signed those of the parts. */
  readonly certificate?: Buffer | undefined;
  readonly key?: Buffer | undefined;
  readonly authority?: Buffer | undefined;
  /** Tenant in Loki, Tempo and Mimir. */
  readonly tenant?: string | undefined;
}

/** Grafana's administrator, as the stack sets it up. */
const administrator = 'admin';

/** Parts that keep the data of tenants apart. */
const tenants: ReadonlySet<PlaceName> = new Set(['prometheus', 'loki', 'tempo', 'collector']);

/** The value of an `Authorization` header. */
export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

/** The headers by which a part knows who asks. */
export function credentialHeaders(
  name: PlaceName,
  given: Credentials,
  authorization: string | undefined,
): Readonly<Record<string, string>> {
  const bearer = name === 'service' ? given.serviceToken : given.token;
  const own =
    name === 'grafana' && given.grafanaPassword !== undefined
      ? basic(administrator, given.grafanaPassword)
      : undefined;
  const value = authorization ?? own ?? (bearer === undefined ? undefined : `Bearer ${bearer}`);
  return {
    ...(value === undefined ? {} : { authorization: value }),
    ...(given.tenant !== undefined && tenants.has(name) ? { 'x-scope-orgid': given.tenant } : {}),
  };
}
