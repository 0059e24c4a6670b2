// One build in a process of its own: node build.mjs COMPILED REQUEST, the request being JSON {out, files, force?, waitMs?, wait?}.
// Prints {codes, messages, written, removed, unchanged} and exits as obs-gen does.
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { join } from 'node:path';

const [, , compiled, argument] = process.argv;
const request = JSON.parse(argument === '-' ? await text(process.stdin) : argument);
const { planOutput } = await import(join(compiled, 'plan.js'));
const { applyPlan } = await import(join(compiled, 'apply.js'));
const { isIoFailure } = await import(join(compiled, 'io-failure.js'));

async function text(stream) {
  let all = '';
  for await (const chunk of stream) all += chunk;
  return all;
}

async function build({ out, files, force = [], waitMs, pause = false }) {
  const planned = planOutput(files, out, { force });
  if (pause) {
    writeSync(1, 'planned\n');
    await once(process, 'SIGUSR2');
  }
  if (planned.value === undefined) return planned;
  globalThis.beforeApply?.();
  const applied = await applyPlan(planned.value, waitMs === undefined ? {} : { waitMs });
  return { value: applied.value, diagnostics: [...planned.diagnostics, ...applied.diagnostics] };
}

const { value, diagnostics } = await build(request);
globalThis.afterApply?.();
const result = {
  codes: diagnostics.map((each) => each.code),
  messages: diagnostics.map((each) => each.message),
  ...value,
};
writeSync(1, `${JSON.stringify(result)}\n`);
process.exitCode = diagnostics.some(isIoFailure)
  ? 2
  : diagnostics.some((each) => each.severity === 'error')
    ? 1
    : 0;
