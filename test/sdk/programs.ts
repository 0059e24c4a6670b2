const requests = `
async function serve(spans, count) {
  for (let index = 0; index < count; index += 1)
    await spans.researchRun({}, async () => { await null; return spans.toolCall({}, async () => index); });
}
`;

/** A service that starts its telemetry itself, serves, and ends. */
export const plain = `
import { spans, telemetry } from './esm/index.js';
${requests}
const started = await telemetry.start();
await serve(spans, 50);
const ended = await telemetry.shutdown();
console.log(JSON.stringify({ started, ended, notes: telemetry.stats().notes }));
`;

/** Makes its first span in its first line, and is started by \`register\`. */
export const registeredModule = `
import { spans } from './esm/index.js';
${requests}
await serve(spans, 1);
`;

/** The same as CommonJS. */
export const registeredCommonJs = `
const { spans } = require('./cjs/index.js');
${requests}
serve(spans, 1);
`;

/** Waits for a signal. */
export const waiting = `
import { spans, telemetry } from './esm/index.js';
${requests}
await telemetry.start({ signals: true });
await serve(spans, 5);
if (process.argv.includes('listens')) process.on('SIGTERM', () => setTimeout(() => process.exit(7), 500));
setInterval(() => {}, 1000);
console.log('ready');
`;

/** Ends by itself, without a word to its telemetry. */
export const silent = `
import { spans, telemetry } from './esm/index.js';
${requests}
await telemetry.start({ signals: true });
await serve(spans, 5);
`;

export const programs = {
  'plain.mjs': plain,
  'registered.mjs': registeredModule,
  'registered.cjs': registeredCommonJs,
  'waiting.mjs': waiting,
  'silent.mjs': silent,
};
