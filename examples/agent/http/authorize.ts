import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { security } from '../../../generated/index.js';

/** Whether a request may be answered: with the token, where one is configured. A request without it is a security event. */
export function isAuthorized(request: IncomingMessage, token: string | undefined): boolean {
  if (token === undefined) return true;
  const given = /^Bearer (?<token>.+)$/i.exec(request.headers.authorization ?? '')?.groups?.['token'];
  if (given !== undefined && timingSafeEqual(digest(given), digest(token))) return true;
  const reason = given === undefined ? 'no token' : 'wrong token';
  security.authFailed({ source_ip: request.socket.remoteAddress ?? '', reason });
  return false;
}

/** Digests have one length: comparing them tells nothing of how far two tokens agree. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
