import { App } from './app.js';
import { overflows } from './parts/cut-off.js';
import { h } from './parts/dom.js';
import { noticePage } from './parts/notices.js';
import type { Overflow } from './parts/overflow.js';
import { serverState } from './parts/server.js';

declare global {
  interface Window {
    /** For tests and for whoever writes dashboards. */
    __obsgen: { overflows(): readonly Overflow[] };
  }
}

window.__obsgen = { overflows };

try {
  await new App(await serverState()).start();
} catch (error) {
  const words = error instanceof Error ? error.message : String(error);
  document.body.replaceChildren(noticePage('The preview cannot be shown', h('p', { role: 'alert' }, words)));
  document.documentElement.dataset['state'] = 'ready';
}
