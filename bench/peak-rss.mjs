// Preloaded (node --import): writes the process's peak resident memory, in KiB, to descriptor 3 when it ends.
import { writeSync } from 'node:fs';
import process from 'node:process';

process.on('exit', () => {
  writeSync(3, String(process.resourceUsage().maxRSS));
});
