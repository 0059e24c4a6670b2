// Runs `npm test`, and once more, alone, those few files in which something failed: what passes then has been disturbed by the tests beside
// it on a small machine, and is named. Prints `PASSED FAILED SKIPPED ABSENT` into one file and what failed into another:
// node .ci/tests.mjs COUNTS FAILURES
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import process from 'node:process';

/** More files than these have not been disturbed: something is broken. */
const mostAgain = 12;
const [countsFile, failuresFile] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'tests-'));

/** What a run of the tests found, by file. */
function run(name, command, args) {
  const report = join(folder, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  spawnSync(command, [...args, ...reporters], {
    stdio: 'inherit',
    env: { ...process.env, OBSGEN_TESTS_OF: 'dist' },
  });
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
    return new Map(testResults.map((file) => [relative('', file.name), file]));
  } catch {
    return new Map();
  }
}

const withStatus = ({ assertionResults }, ...statuses) =>
  assertionResults.filter(({ status }) => statuses.includes(status));
/** A file that cannot be loaded has no tests, and its own message. */
const hasFailed = (file) => file.status === 'failed';
const told = (text) => text.slice(0, 2000).replace(/^/gm, '        ');

const files = run('all', 'npm', ['test', '--']);
const failed = [...files].filter(([, file]) => hasFailed(file)).map(([path]) => path);
const disturbed = [];
if (failed.length > 0 && failed.length <= mostAgain) {
  process.stdout.write(`\n== once more, alone: ${failed.join(' ')}\n`);
  const alone = ['vitest', 'run', '--maxWorkers=1', '--no-file-parallelism', ...failed];
  for (const [path, file] of run('alone', 'npx', alone)) {
    if (!failed.includes(path) || hasFailed(file)) continue;
    const tests = withStatus(files.get(path), 'failed').map(({ fullName }) => fullName);
    disturbed.push(...(tests.length > 0 ? tests.map((test) => `${path}: ${test}`) : [path]));
    files.set(path, file);
  }
}
if (disturbed.length > 0)
  process.stdout.write(
    `\nPassed only alone, on a machine with nothing else to do:\n${disturbed.map((each) => `  ${each}\n`).join('')}`,
  );

const all = [...files.values()];
const count = (...statuses) => all.flatMap((file) => withStatus(file, ...statuses)).length;
// What GPU tools printed on real machines lies beside the project, and not everywhere.
const absent = all
  .flatMap((file) => withStatus(file, 'skipped', 'pending'))
  .filter(({ ancestorTitles }) => /^captures\b/.test(ancestorTitles[0] ?? '')).length;
const broken = all.filter((file) => hasFailed(file) && withStatus(file, 'failed').length === 0);
const failures = count('failed') + broken.length;
const skipped = count('skipped', 'pending', 'todo') - absent;
writeFileSync(countsFile, `${count('passed')} ${failures} ${skipped} ${absent}\n`);
for (const [path, file] of files) {
  for (const { fullName, failureMessages } of withStatus(file, 'failed'))
    appendFileSync(failuresFile, `  test  ${path}: ${fullName}\n${told(failureMessages.join('\n'))}\n`);
  if (broken.includes(file))
    appendFileSync(failuresFile, `  file  ${path}: ${file.message.slice(0, 2000)}\n`);
}
rmSync(folder, { recursive: true, force: true });
process.exitCode = failures === 0 && count('passed') > 0 ? 0 : 1;
