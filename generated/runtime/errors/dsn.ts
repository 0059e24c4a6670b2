// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** Where Sentry takes reports: what a DSN says. */
export interface Dsn {
  /** Address of a project's API, without a slash at its end. */
  readonly api: string;
  readonly publicKey: string;
}

const pattern =
  /^(https?):\/\/([\w-]+)(?::[\w-]*)?@([\w.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?((?:\/[\w.~-]+)*)\/(\w+)\/?$/i;

/** Reads `https://KEY@HOST/PROJECT`; undefined where it is none. */
export function parseDsn(text: string): Dsn | undefined {
  const [, protocol, publicKey, host, port = '', path = '', project] = pattern.exec(text.trim()) ?? [];
  if (protocol === undefined || publicKey === undefined || host === undefined || project === undefined)
    return undefined;
  return { api: `${protocol}://${host}${port}${path}/api/${project}`, publicKey };
}

/** The header by which Sentry knows a project. */
export function authHeader({ publicKey }: Dsn): Readonly<Record<string, string>> {
  return { 'X-Sentry-Auth': `Sentry sentry_version=7, sentry_client=obs-gen/1, sentry_key=${publicKey}` };
}
