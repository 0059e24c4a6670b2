import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { folderFacts } from '../../src/init/folder-facts.js';
import { nextSteps } from '../../src/init/next-steps.js';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'obs-gen-next-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const steps = (manifest: object | undefined, isInferred = false): readonly string[] => {
  if (manifest !== undefined) writeFileSync(join(root, 'package.json'), JSON.stringify(manifest));
  return nextSteps(folderFacts(root), 'npm', isInferred);
};

const peers = { 'prom-client': '15.1.3', '@opentelemetry/api': '1.9.1' };

test('what is missing is installed first', () => {
  expect(steps({ devDependencies: { 'obs-gen': '0.1.0' } })[0]).toBe(
    'npm install prom-client @opentelemetry/api',
  );
  expect(steps({ dependencies: { 'prom-client': '15.1.3' } })[0]).toBe(
    'npm install --save-dev obs-gen && npm install @opentelemetry/api',
  );
  expect(steps({ dependencies: { 'obs-gen': '0.1.0', ...peers } })).toHaveLength(3);
});

test.each([
  ['a module', { type: 'module' }, /; await telemetry\.start\(\) at the top/],
  [
    'CommonJS, as `npm init` writes it',
    { type: 'commonjs' },
    /; void telemetry\.start\(\) .*"type": "module"/,
  ],
  ['CommonJS, where nothing is said', {}, /; void telemetry\.start\(\) .*"type": "module"/],
  ['a folder without package.json', undefined, /; await telemetry\.start\(\) at the top/],
])('the first lines are what %s can run', (_, manifest, expected) => {
  expect(steps(manifest).join('\n')).toMatch(expected);
});

test('commands are written as a shell finds them', () => {
  const all = [...steps({}), ...steps({ dependencies: { 'obs-gen': '0.1.0', ...peers } })];
  expect(all.filter((step) => /(?<!npx )\bobs-gen (?:preview|plan)\b/.test(step))).toEqual([]);
});

test('an inferred spec is read before it is used', () => {
  expect(steps({ dependencies: { 'obs-gen': '0.1.0', ...peers } }, true)[0]).toContain('read the guesses');
});
