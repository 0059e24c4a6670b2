// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { builtinModule, environmentVariable } from '../host.js';

/** Who may read the endpoints. */
export interface AccessOptions {
  /** The token that `Authorization: Bearer` has to have. Default: OBSGEN_HTTP_TOKEN, or the file that OBSGEN_HTTP_TOKEN_FILE names. */
  readonly token?: string | undefined;
  /** The file that holds the token; it is read once. */
  readonly tokenFile?: string | undefined;
  /** true: without a token, everybody may read them. For networks that nobody else is in. */
  readonly allowUnauthenticated?: boolean | undefined;
}

/** What is known of who asks. */
export interface Caller {
  /** The address of the peer; undefined: not known. */
  readonly address: string | undefined;
  header(name: string): string | undefined;
}

/** Decides who may read. */
export interface Access {
  readonly hasToken: boolean;
  readonly allowsAll: boolean;
  admits(caller: Caller): boolean;
}

interface Crypto {
  createHash(algorithm: 'sha256'): { update(text: string): { digest(): Uint8Array } };
  timingSafeEqual(left: Uint8Array, right: Uint8Array): boolean;
}

/**
 * The rule for who may read: with a token, whoever has it; without one, who asks from this machine and was not sent by a proxy, whose own
 * address says nothing of its clients.
 * @throws where the file of the token cannot be read or is empty
 */
export function createAccess(options: AccessOptions): Access {
  const token = tokenOf(options);
  const allowsAll = token === undefined && options.allowUnauthenticated === true;
  return {
    hasToken: token !== undefined,
    allowsAll,
    admits(caller) {
      if (allowsAll) return true;
      if (token !== undefined) return isSame(bearer(caller.header('authorization')), token);
      return isLoopback(caller.address) && !isForwarded(caller) && isLoopbackAuthority(caller.header('host'));
    },
  };
}

function tokenOf(options: AccessOptions): string | undefined {
  if (options.token !== undefined) {
    if (options.token.trim() === '') throw new Error('the token of the observability endpoints is empty');
    return options.token;
  }
  const file = options.tokenFile ?? environmentVariable('OBSGEN_HTTP_TOKEN_FILE');
  if (file === undefined) return environmentVariable('OBSGEN_HTTP_TOKEN');
  const files = builtinModule('node:fs') as
    { readFileSync(path: string, encoding: 'utf8'): string } | undefined;
  const token = files?.readFileSync(file, 'utf8').trim() ?? '';
  if (token === '') throw new Error(`the token file of the observability endpoints is empty: ${file}`);
  return token;
}

function bearer(header: string | undefined): string | undefined {
  return header === undefined ? undefined : /^bearer +([^\s]{1,4096})$/i.exec(header)?.[1];
}

/** Compares digests, which have one length, so that the time tells nothing of how far two tokens agree. */
function isSame(given: string | undefined, token: string): boolean {
  const crypto = builtinModule('node:crypto') as Crypto | undefined;
  if (given === undefined || crypto === undefined) return false;
  const digest = (text: string): Uint8Array => crypto.createHash('sha256').update(text).digest();
  return crypto.timingSafeEqual(digest(given), digest(token));
}

/** Whether an address is of this machine alone. */
export function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false;
  const plain = address
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/^::ffff:/, '');
  return plain === '::1' || plain === 'localhost' || /^127(?:\.\d{1,3}){3}$/.test(plain);
}

/** A page in a browser of this machine reaches it under a name of its own: that name is not this machine's. */
function isLoopbackAuthority(host: string | undefined): boolean {
  return host !== undefined && isLoopback(host.replace(/:\d{1,5}$/, ''));
}

function isForwarded(caller: Caller): boolean {
  return ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'].some(
    (name) => caller.header(name) !== undefined,
  );
}
