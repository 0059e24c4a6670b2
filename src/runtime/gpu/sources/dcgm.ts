import { builtinModule } from '../../host.js';
import { afterSeconds } from '../../timers.js';
import type { GpuFault } from '../failure.js';
import { isDcgmPage } from '../parse/dcgm-page.js';

/** Seconds: it is on this host, or on its node. */
const answerSeconds = 1;
/** Characters in which a name of DCGM's is to be found: its page begins with one, unless another exporter writes on the same page. */
const mostCharacters = 1_000_000;
/** Characters; a name of DCGM's has 60 at most. */
const longestName = 200;

interface Http {
  get(url: string, options: { readonly agent: false }, take: (response: Response) => void): Request;
}

interface Request {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'socket', listener: (socket: { unref(): unknown }) => void): unknown;
  destroy(): unknown;
}

interface Response {
  readonly statusCode?: number;
  setEncoding(encoding: 'utf8'): unknown;
  on(event: 'data', listener: (text: string) => void): unknown;
  on(event: 'end' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/**
 * Asks whether dcgm-exporter is there; `take` is called once, with why it is not, or with nothing. Returns what ends it. Nothing here throws or keeps the program alive.
 * @param url of its page
 */
export function askDcgm(url: string, take: (fault: GpuFault | undefined) => void): () => void {
  const http = builtinModule(url.startsWith('https:') ? 'node:https' : 'node:http') as Http | undefined;
  let isOver = false;
  const finish = (fault?: GpuFault): void => {
    if (isOver) return;
    isOver = true;
    endTimer();
    request?.destroy();
    take(fault);
  };
  const fail = (failure: GpuFault['failure'], what: string): void => {
    finish({ failure, message: `${url} ${what}: is dcgm-exporter there?` });
  };
  const endTimer = afterSeconds(answerSeconds, () => {
    fail('timeout', `has not answered within ${answerSeconds} s`);
  });
  let request: Request | undefined;
  try {
    request = http?.get(url, { agent: false }, (response) => {
      const { statusCode } = response;
      if (statusCode !== 200) fail('exit', `was answered with ${statusCode ?? 'nothing'}`);
      let characters = 0;
      // The line that is not whole yet: what was read before it is not looked at again.
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', (text) => {
        characters += text.length;
        const unread = rest + text;
        rest = unread.slice(unread.lastIndexOf('\n') + 1).slice(0, longestName);
        if (isDcgmPage(unread)) finish();
        else if (characters > mostCharacters) fail('output', 'is a page without a name of DCGM');
      });
      response.on('end', () => {
        fail('parse', 'is no page of dcgm-exporter');
      });
      response.on('error', () => {
        fail('exit', 'was not answered to its end');
      });
    });
    request?.on('socket', (socket) => {
      socket.unref();
    });
    request?.on('error', (error) => {
      fail('not_found', `has not answered (${error.message})`);
    });
  } catch {
    fail('not_found', 'cannot be asked for');
  }
  if (http === undefined) fail('not_found', 'cannot be asked for');
  return () => {
    isOver = true;
    endTimer();
    request?.destroy();
  };
}
