// Programs in the place of nvidia-smi and amd-smi that print what is replayed, or behave badly.
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { amd, csv, help, xml } from './replayed.mjs';

const behaviours = {
  'nvidia-smi': `case "$*" in
  *--help-query-gpu*) cat "$0.help" ;;
  *--loop-ms=*) pause=$(echo "$*" | sed 's/.*--loop-ms=//'); while cat "$0.csv"; do sleep "$(awk "BEGIN { print $pause / 1000 }")"; done ;;
  *--query-gpu=*) cat "$0.csv" ;;
  -L) ;;
  *) cat "$0.xml" ;;
esac`,
  'amd-smi': 'cat "$0.amd"',
  sleeps: 'exec sleep 1000',
  floods: "head -c 100000000 /dev/zero | tr '\\\\0' x",
  'floods with rows': `case "$*" in
  *--help-query-gpu*) cat "$0.help" ;;
  *) while cat "$0.csv"; do :; done ;;
esac`,
  dies: `case "$*" in
  *--help-query-gpu*) cat "$0.help" ;;
  *) cat "$0.csv"; printf '0, 8, 0000'; kill -9 $$ ;;
esac`,
};

/** Writes all of them into a folder of their own; returns the folder and their paths by name. */
export function writeTools() {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-bench-'));
  const paths = {};
  for (const [name, behaviour] of Object.entries(behaviours)) {
    const path = join(folder, name.replaceAll(' ', '-'));
    writeFileSync(path, `#!/bin/sh\n${behaviour}\n`);
    chmodSync(path, 0o755);
    for (const [end, text] of Object.entries({ help, csv, xml, amd })) writeFileSync(`${path}.${end}`, text);
    paths[name] = path;
  }
  return { folder, paths };
}
