import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { startReceiver } from './receiver.mjs';

/** The variables of whoever runs this stay outside. */
function environment(more) {
  const kept = Object.entries(process.env).filter(([name]) => /^(?:PATH|HOME|TMPDIR|LANG)$/.test(name));
  return { ...Object.fromEntries(kept), ...more };
}

function run(node, program, env, cwd) {
  return new Promise((resolve) => {
    const child = spawn(node, [program], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.on('error', (error) => resolve({ status: error.message, stdout, stderr }));
    child.on('close', (code, signal) => resolve({ status: code ?? signal, stdout, stderr }));
  });
}

const keyOf = (name, labels) =>
  `${name}${JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))}`;

/** The samples of a page by name and labels; what a page says that is no sample is a fault. */
function samplesOf(text, type, readPage) {
  const { families, faults } = readPage(text, type);
  const samples = new Map();
  for (const { samples: all } of families)
    for (const { name, labels, value } of all)
      samples.set(keyOf(name, Object.fromEntries(labels)), Number(value));
  return { families, samples, faults };
}

/** What the service's own part of a page looks like, without what time and the process decide. */
function shape({ families, samples }, names) {
  const own = families
    .filter(({ name }) => names.has(name))
    .map(({ name, type, help }) => [name, type, help]);
  const values = [...samples].filter(([key]) => [...names].some((name) => key.startsWith(name)));
  return JSON.stringify([own.sort(), values.sort()]);
}

/**
 * Runs the program of one cell and holds what it saw and sent against what it recorded.
 * @param wanted what has to be on the page, which spans have to arrive, which events have to be logged
 * @returns what is wrong, each in a line, and the page in a form to be compared with those of other cells
 */
export async function runCell({ node, program, cwd, sdkMajor, wanted, readPage, names, result }) {
  rmSync(result, { force: true });
  const receiver = await startReceiver();
  const env = environment({
    RESULT: result,
    LOG_LEVEL: 'trace',
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  });
  const { status, stdout, stderr } = await run(node, join(cwd, program), env, cwd);
  await receiver.stop();
  if (status !== 0 || stderr !== '')
    return { faults: [`ends with ${status}: ${(stderr || stdout).trim().slice(0, 600)}`] };
  const seen = JSON.parse(readFileSync(result, 'utf8'));
  const faults = [];
  const expect = (is, words) => {
    if (!is) faults.push(words);
  };
  expect(seen.started === 'started', `telemetry.start() says ${seen.started}`);
  expect(seen.complete && seen.lost.length === 0, `shutdown lost ${JSON.stringify(seen.lost)}`);
  expect(seen.notes.length === 0, `notes: ${JSON.stringify(seen.notes)}`);

  const pages = {
    'the page': samplesOf(seen.page, undefined, readPage),
    'the text over HTTP': samplesOf(seen.text.text, seen.text.type ?? undefined, readPage),
    'OpenMetrics over HTTP': samplesOf(seen.openMetrics.text, seen.openMetrics.type ?? undefined, readPage),
  };
  for (const [title, { samples, faults: wrong }] of Object.entries(pages)) {
    expect(wrong.length === 0, `${title}: ${JSON.stringify(wrong.slice(0, 3))}`);
    for (const { name, labels, value } of wanted.expected) {
      const found = samples.get(keyOf(name, labels));
      expect(found === value, `${title}: ${keyOf(name, labels)} is ${found}, and ${value} was recorded`);
    }
  }
  const { samples } = samplesOf(seen.after, undefined, readPage);
  for (const { name, counts, ok } of wanted.spans) {
    const arrived = receiver.spans.filter((each) => each === name).length;
    expect(arrived === 1, `${name}: ${arrived} spans arrived of 1`);
    if (counts === undefined) continue;
    const ofCounter = [...samples].filter(
      ([key]) => key.startsWith(`${counts}[`) && (ok === undefined || key.includes(JSON.stringify(ok))),
    );
    const grew = ofCounter.some(([key, value]) => value === (pages['the page'].samples.get(key) ?? 0) + 1);
    expect(grew, `${name}: ${counts} did not count it`);
  }
  for (const event of wanted.events) expect(stdout.includes(event), `${event} was not logged`);
  const major = [...receiver.versions].map((version) => Number.parseInt(version ?? '', 10));
  expect(
    major.every((each) => each === sdkMajor),
    `the spans are of SDK ${[...receiver.versions].join()}`,
  );
  return { faults, page: shape(pages['the page'], names) };
}
