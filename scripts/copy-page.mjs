/** Puts what tsc does not copy, the page and the styles of the preview, beside the modules that they belong to. Runs after tsc. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
for (const part of ['index.html', 'styles']) {
  cpSync(join(root, 'src/preview/page', part), join(root, 'dist/preview/page', part), { recursive: true });
}
