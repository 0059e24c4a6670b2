import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How the daemon that is not there behaves. */
export interface FakeDaemon {
  /** What `docker info` says where it fails. */
  readonly fault?: string;
  /** What each look at the containers finds, the last one over and over: a state for each part. */
  readonly looks?: readonly Readonly<Record<string, string>>[];
}

const program = `const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const daemon = JSON.parse(readFileSync(join(__dirname, 'daemon.json'), 'utf8'));
const given = process.env.DOCKER_ARGUMENTS.split(' ');
appendFileSync(join(__dirname, 'calls'), given.join(' ') + '\\n');
const fail = (said) => { console.error(said); process.exit(1); };
const command = given.filter((word, at) => !word.startsWith('--') && !(given[at - 1] ?? '').match(/^--(file|env-file|format|tail)$/));
const [first, second] = command;
const looks = daemon.looks ?? [{}];
const look = looks[Math.min(daemon.asked ?? 0, looks.length - 1)];
const inspected = ([part, state]) => ({
  Config: { Labels: { 'com.docker.compose.service': part } },
  State: {
    Status: state === 'exited' ? 'exited' : 'running',
    StartedAt: '2026-08-22T10:00:00.5Z',
    ExitCode: state === 'exited' ? 2 : 0,
    ...(state === 'running' || state === 'exited' ? {} : { Health: { Status: state, Log: [{ Output: 'asked\\nrefused' }] } }),
  },
  NetworkSettings: { Ports: { '9090/tcp': [{ HostIp: '127.0.0.1', HostPort: '9090' }], '3000/tcp': null } },
});
if (first === 'info') daemon.fault ? fail(daemon.fault) : console.log('28.0.0');
else if (first === 'inspect') {
  writeFileSync(join(__dirname, 'daemon.json'), JSON.stringify({ ...daemon, asked: (daemon.asked ?? 0) + 1 }));
  console.log(JSON.stringify(Object.entries(look).map(inspected)));
} else if (first === 'compose' && second === 'version') console.log('Docker Compose version v2.40.0');
else if (second === 'ps') console.log(Object.keys(look).join('\\n'));
else if (second === 'logs' || second === 'down') console.log(second + ' was asked for');
else if (second !== 'up') fail('unknown: ' + given.join(' '));
`;

/** Node 20 takes `--env-file` for its own wherever it stands on the command line. */
const shell = `#!/bin/sh
DOCKER_ARGUMENTS="$*" exec '${process.execPath}' "$(dirname "$0")/docker.cjs"
`;

/** A `docker` with the compose plugin, alone in a folder for the PATH; it writes down what it is called with. */
export class FakeDocker {
  readonly folder: string;

  constructor(folder: string, daemon: FakeDaemon) {
    this.folder = join(folder, 'docker-bin');
    mkdirSync(this.folder);
    writeFileSync(join(this.folder, 'docker.cjs'), program);
    writeFileSync(join(this.folder, 'docker'), shell);
    chmodSync(join(this.folder, 'docker'), 0o755);
    writeFileSync(join(this.folder, 'daemon.json'), JSON.stringify(daemon));
  }

  /** What it was called with, in order. */
  calls(): readonly string[] {
    return readFileSync(join(this.folder, 'calls'), 'utf8').trim().split('\n');
  }
}
