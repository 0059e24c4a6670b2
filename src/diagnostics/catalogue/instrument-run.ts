import { entries } from './entry.js';

/** OBS52xx: a run of the codemod over a tree. */
export const instrumentRunEntries = entries({
  OBS5201: {
    severity: 'error',
    title: 'helpers are missing or stale',
    explanation: `Code that obs-gen instrument changes imports the helpers that obs-gen build writes: instrument.ts in the output directory, with \
the spans, metrics and logs of the spec. They are not there, or they are not what the spec compiles to now, so the changed code could name a helper \
that does not exist. Nothing was written; with --dry-run this is a warning.

Build first, and name the same directory where it is not the usual one:

  obs-gen build
  obs-gen instrument`,
  },
  OBS5202: {
    severity: 'error',
    title: 'uncommitted changes',
    explanation: `A file that would be changed differs from what git has committed, or was never added. What the codemod does could then not be told \
from what you did, and git checkout would throw both away. Only files that would be changed count; others may be as they are. Nothing was written.

Commit or stash these files, or say that you know:

  git stash
  obs-gen instrument --allow-dirty`,
  },
  OBS5203: {
    severity: 'error',
    title: 'file changed since it was read',
    explanation: `Between reading this file and writing it, something else changed it: an editor, a formatter, a checkout. What was planned, and \
perhaps shown to you, is no longer what would happen. All files are looked at once more right before the first is written, so nothing was written at all.

Run the command again. Where it happens each time, something rewrites files as soon as they are touched:

  obs-gen instrument --dry-run

shows the plan without writing.`,
  },
  OBS5204: {
    severity: 'error',
    title: 'file that may not be changed',
    explanation: `A file that a rule means is a symbolic link, lies behind one, has no permission to be written, or is no plain file. Writing could \
change something elsewhere than where you look, or what somebody has locked on purpose. Nothing was written, in no file.

Leave it out, or mend it:

  instrument:
    exclude: ['src/vendor/**']`,
  },
  OBS5205: {
    severity: 'error',
    title: 'another run is at work',
    explanation: `Two runs may not write below one folder at the same time: the result would be a mixture of both. This run waited for the other one \
and gave up; nothing was written.

  obs-gen instrument & obs-gen instrument     both at once, below one folder

Run it again once the other one has ended. The lock names a process and when it started, so one that a crash left behind is recognised. Only a lock \
from another machine or container cannot be checked; it counts for ten minutes. Where you know that nothing is running, remove the folder \
.obs-gen.tmp beside the spec.`,
  },
  OBS5206: {
    severity: 'warning',
    title: 'a run that was cut off was taken back',
    explanation: `An earlier run of obs-gen instrument was killed while it moved files into place, so that some files were new and some old. Each file \
was whole. This run has put the old content back where the new one stood, before it did anything else, and went on from there.

A file that was edited since is left as it is; look at it:

  git diff

With --dry-run and --check nothing is written, so the files stay as they are until a run that writes.`,
  },
  OBS5207: {
    severity: 'warning',
    title: 'rule that matches nothing',
    explanation: `No function and no call in the files that were read fits this rule, so it does nothing. Mostly a name has changed, or the pattern \
has a slip; or the file that is meant is not in instrument.include. Where paths were given on the command line, rules are not judged.

To see why a rule does not mean a certain place, name the place:

  obs-gen instrument --explain src/agent.ts:42`,
  },
  OBS5208: {
    severity: 'error',
    title: 'code is not instrumented as the rules say',
    explanation: `obs-gen instrument --check compares the code with what the rules would make of it, and writes nothing. This file would change: a new \
function fits a rule, a rule was changed, or what had been inserted was taken out or edited.

Run it without --check, read the change, and commit it:

  obs-gen instrument --dry-run
  obs-gen instrument`,
  },
  OBS5209: {
    severity: 'warning',
    title: 'left out for a type error',
    explanation: `With --verify types the changed files are type-checked before and after, with the tsconfig.json that they belong to. Instrumenting this \
place would bring a type error that is not there now, so it stays as it is; the message names the error. All other places are done.

Mostly an explicit type on the function helps, such as the type of what it returns:

  async function ask(question: string): Promise<Answer> {`,
  },
  OBS5210: {
    severity: 'error',
    title: 'new type errors that no place explains',
    explanation: `With --verify types the changed files had type errors after the change that they do not have now, and leaving out places one by one \
did not take them away. Nothing was written. Mostly the helpers themselves do not compile in this project: run tsc, and see whether it reports the \
generated folder.

  obs-gen build
  npx tsc --noEmit`,
  },
  OBS5211: {
    severity: 'info',
    title: 'file was not formatted',
    explanation: `The project has a formatter, and what was inserted into this file did not go through it: the formatter refused the file, or what it \
makes of it could not be taken out again byte for byte, or a second run would have changed it again. The promise to give the original back comes before \
the looks, so the file was changed without being formatted.

Format it yourself if you like, for example:

  npx prettier --write src/agent.ts`,
  },
  OBS5212: {
    severity: 'error',
    title: 'git cannot be asked',
    explanation: `Before files are changed, git is asked whether they are committed, and it failed; the message has its own words. Without an answer \
nothing was written. A frequent reason is a repository that belongs to another user:

  git config --global --add safe.directory /path/to/repository

To go on without asking git:

  obs-gen instrument --allow-dirty`,
  },
  OBS5213: {
    severity: 'warning',
    title: 'not type-checked',
    explanation: `--verify types was asked for, and this file belongs to no TypeScript project: there is no tsconfig.json above it that includes it, or the \
one that does cannot be read. It was verified by parsing alone.

Add the file to a project, or an own tsconfig.json to its folder:

  { "include": ["src"], "compilerOptions": { "allowJs": true, "checkJs": true } }`,
  },
});
