import { entries } from './entry.js';

/** OBS9xxx: faults of obs-gen itself. All of them mean exit code 70. */
export const internalEntries = entries({
  OBS9001: {
    severity: 'error',
    title: 'internal error',
    explanation: `obs-gen came upon a state that its authors had ruled out, and stopped. Whatever a spec says, the answer should be output or a \
diagnostic that points into the spec, so this is a fault of obs-gen and not of yours. Nothing was written, unless the message says that it happened \
while files were being written; then each file is either the old or the new one, and the next build finishes the work.

Please report it, with the versions that the message names and the smallest spec that triggers it: take sections out for as long as it still \
happens. The stack says where it happened:

  OBSGEN_DEBUG=1 obs-gen validate

Until it is mended, changing or removing the section that triggers it is the way around.`,
  },
  OBS9002: {
    severity: 'error',
    title: 'installation is damaged',
    explanation: `A file that ships with obs-gen (a preset, a template, the schema, the sources of the runtime) is not where it was installed. An \
install that was cut off, a clean-up script that took out "unneeded" files of node_modules, or a bundler that kept only the JavaScript can do that. \
obs-gen reads these files when it runs, so it cannot go on, and nothing was written.

Install it again from the lock file:

  npm ci

Where obs-gen is copied into an image, copy the whole package: dist, schemas, templates, presets and src/runtime.`,
  },
});
