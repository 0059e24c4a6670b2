import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { GpuFault } from '../../../../src/runtime/gpu/failure.js';
import { askDcgm } from '../../../../src/runtime/gpu/sources/dcgm.js';
import { freePort } from '../../../support/running-program.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
}

function ask(url: string): Promise<GpuFault | undefined> {
  return new Promise((resolve) => {
    askDcgm(url, resolve);
  });
}

describe('an exporter that may be there already', () => {
  it('is there where its page has a name of DCGM', async () => {
    const url = await serve((_, response) => {
      response.write('# TYPE DCGM_FI_DEV_GPU_TEMP gauge\nDCGM_FI_DEV_GPU');
      response.end('_TEMP{gpu="0",UUID="GPU-1"} 41\n');
    });
    expect(await ask(url)).toBeUndefined();
  });

  it.each<[string, string, RequestListener]>([
    ['another program', 'parse', (_, response) => response.end('up 1\n')],
    ['an error', 'exit', (_, response) => response.writeHead(503).end('DCGM_FI_DEV_GPU_TEMP{gpu="0"} 41\n')],
    ['nobody, though the port is open', 'timeout', () => undefined],
    [
      'a page without an end',
      'output',
      (_, response) => {
        const write = (): void => {
          while (response.write('x'.repeat(65_536)));
          response.once('drain', write);
        };
        write();
      },
    ],
  ])('is not there where %s answers', async (_, failure, listener) => {
    expect((await ask(await serve(listener)))?.failure).toBe(failure);
  });

  it('is not there where nothing listens, or the address is none', async () => {
    expect(await ask(`http://127.0.0.1:${await freePort()}/metrics`)).toMatchObject({ failure: 'not_found' });
    expect(await ask('http://[/metrics')).toMatchObject({ failure: 'not_found' });
  });
});
