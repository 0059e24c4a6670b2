import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findCompose, requireDaemon, type Compose } from '../../../src/stack/run/docker/compose.js';
import { containersOf } from '../../../src/stack/run/docker/containers.js';
import { composeUp } from '../../../src/stack/run/docker/up.js';
import { StackFault } from '../../../src/stack/run/stack-fault.js';
import { FakeDocker, type FakeDaemon } from './fake-docker.js';

let folder: string;
const signal = AbortSignal.timeout(100_000);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'obs-gen-docker-'));
  mkdirSync(join(folder, 'stack'));
  writeFileSync(join(folder, 'stack', 'compose.yaml'), 'services: {}\n');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function composeOn(daemon: FakeDaemon): Promise<{ docker: FakeDocker; compose: Compose }> {
  const docker = new FakeDocker(folder, daemon);
  return { docker, compose: await findCompose(folder, { PATH: docker.folder }, signal) };
}

async function faultOf(attempt: Promise<unknown>): Promise<StackFault> {
  const fault: unknown = await attempt.catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(StackFault);
  return fault as StackFault;
}

describe('compose', () => {
  it('is missing: that, and the way without it', async () => {
    const fault = await faultOf(findCompose(folder, { PATH: folder }, signal));
    expect(fault.message).toBe('there is no docker on the PATH');
    expect(fault.help.join('\n')).toContain('`obs-gen stack up --native`');
  });

  it('has nothing to start before a build', async () => {
    const fault = await faultOf(findCompose(join(folder, 'other'), { PATH: folder }, signal));
    expect(fault.message).toContain(join('other', 'stack', 'compose.yaml'));
    expect(fault.help.join('\n')).toContain('`obs-gen build`');
  });

  it.each([
    [
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.',
      'the Docker daemon does not answer',
    ],
    ['permission denied while trying to connect', 'this user may not speak to the Docker daemon'],
  ])('says what is wrong with the daemon: %s', async (fault, message) => {
    const { compose } = await composeOn({ fault });
    const found = await faultOf(requireDaemon(compose, signal));
    expect(found.message).toBe(message);
    expect(found.help.at(-1)).toContain('--native');
  });

  it('starts the containers with the pinned images, and waits until all are healthy', async () => {
    const { docker, compose } = await composeOn({
      looks: [
        { prometheus: 'starting', collector: 'running' },
        { prometheus: 'healthy', collector: 'running' },
      ],
    });
    const steps: string[] = [];
    const onStep = (text: string): void => void steps.push(text);
    const parts = await composeUp(compose, { isTls: true, signal, onStep });
    expect(parts).toMatchObject([
      { part: 'prometheus', health: 'up', url: 'https://127.0.0.1:9090' },
      { part: 'collector', health: 'up', url: '' },
    ]);
    expect(steps).toContain('waiting for prometheus');
    const files = `compose --file ${folder}/stack/compose.yaml --env-file ${folder}/stack/versions.env`;
    expect(docker.calls()).toContain(`${files} up --detach --remove-orphans`);
  });

  it('names a container that has ended', async () => {
    const { compose } = await composeOn({ looks: [{ prometheus: 'healthy', loki: 'exited' }] });
    const fault = await faultOf(composeUp(compose, { isTls: false, signal, onStep: () => undefined }));
    expect(fault.message).toBe('the stack is not healthy: loki');
    expect(fault.help[0]).toBe('loki: exited, exit code 2');
  });

  it('shows what a health check said last', async () => {
    const { compose } = await composeOn({ looks: [{ prometheus: 'unhealthy' }] });
    expect(await containersOf(compose, false, signal)).toEqual([
      {
        part: 'prometheus',
        health: 'unhealthy',
        url: 'http://127.0.0.1:9090',
        since: '2026-08-22T10:00:00.5Z',
        detail: 'refused',
      },
    ]);
  });
});
