/* global fetch */
/** Asks a server over HTTP, or over HTTPS with a certificate of the stack. */
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';

/**
 * The status and the text of an answer.
 * @param certificates the folder with the certificate that is shown; nothing is shown, and nobody is trusted, where it is left out
 */
export async function call(url, { method = 'GET', body, headers = {}, certificates } = {}) {
  const all = { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  if (!url.startsWith('https:')) {
    const answer = await fetch(url, { method, body, headers: all });
    return { status: answer.status, text: await answer.text() };
  }
  const file = (name) => (certificates === undefined ? undefined : readFileSync(join(certificates, name)));
  return new Promise((resolve, reject) => {
    const options = {
      method,
      headers: all,
      servername: 'localhost',
      cert: file('tls.crt'),
      key: file('tls.key'),
    };
    const ca = certificates === undefined ? {} : { ca: file('ca.crt') };
    const asked = request(
      url,
      { ...options, ...ca, rejectUnauthorized: certificates !== undefined },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (piece) => (text += piece));
        answer.on('end', () => resolve({ status: answer.statusCode, text }));
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}
