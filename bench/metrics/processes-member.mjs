// A process or thread of a service: node processes-member.mjs KIND HELPERS, the kind being `ours` or a library. It has 10 000 lines, says
// `ready`, and changes all of them whenever it is told `change`.
import process from 'node:process';
import { isMainThread, parentPort } from 'node:worker_threads';
import { libraryPage, ourPage } from './page.mjs';
import { linesOfMember } from './processes.mjs';

const [, , kind, helpers] = process.argv;
const parent = isMainThread
  ? { say: (message) => process.send(message), hear: (listener) => process.on('message', listener) }
  : {
      say: (message) => parentPort.postMessage(message),
      hear: (listener) => parentPort.on('message', listener),
    };

const page = kind === 'ours' ? await pageOfOurs() : await pageOfLibrary();
parent.hear((message) => {
  if (message !== 'change') return;
  page.change(1);
  parent.say('ready');
});
parent.say('ready');

async function pageOfOurs() {
  const { page: made, telemetry } = await ourPage(helpers, linesOfMember);
  await telemetry.start({ spans: false });
  return made;
}

async function pageOfLibrary() {
  const { default: client } = await import(kind);
  const { page: made, registry } = await libraryPage(kind, linesOfMember);
  // Making one lets a worker answer its primary.
  new client.AggregatorRegistry();
  client.AggregatorRegistry.setRegistries(registry);
  return made;
}
