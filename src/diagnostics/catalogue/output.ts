import { entries } from './entry.js';

/**
 * OBS4xxx: what stands on disk. All of them mean exit code 1 but OBS4107, which is the system's refusal (I/O, exit code 2):
 * `isIoFailure` of output/io-failure.ts tells it apart.
 */
export const outputEntries = entries({
  OBS4101: {
    severity: 'error',
    title: 'edited by hand',
    explanation: `A file that obs-gen is about to write already exists, and what it holds was not written by obs-gen: somebody edited a generated \
file, or a file of yours stands where a generated one should go. Writing would destroy that work, so nothing at all is written.

obs-gen knows its own files by the hashes in the manifest, .obs-gen.json, in the output directory. Where the manifest is missing or damaged, \
every existing file that differs from the new output is taken for yours. The same happens where two branches with generated files were merged, \
or where git converts line ends (mark the directory in .gitattributes: generated/** -text).

Move the change into observability.yaml, or move your file elsewhere. To give up what the file holds, name it; each file is named on its own:

  obs-gen build --force generated/metrics.ts

To give up all of them, remove the output directory and build again.`,
  },
  OBS4102: {
    severity: 'error',
    title: 'generated file is stale',
    explanation: `obs-gen build --check compares the output directory with what the spec compiles to and writes nothing. This file differs, \
is missing, or is no longer generated: the spec was changed and the build was not run, or the file was changed. Code, rules and dashboards that \
do not come from the spec in front of you no longer agree with each other.

Build and commit the result together with the change of the spec:

  obs-gen build`,
  },
  OBS4103: {
    severity: 'error',
    title: 'output changed since it was planned',
    explanation: `Between reading the output directory and writing to it, a file in it was changed by something else: an editor, a formatter, \
a checkout. What was planned (and perhaps shown to you) would no longer be what happens, so nothing was written.

  obs-gen build     while an editor formats generated/metrics.ts on save

Run the build again. Where it happens each time, something rewrites generated files as soon as they appear, such as a formatter on save: \
exclude the output directory there.`,
  },
  OBS4104: {
    severity: 'error',
    title: 'unsafe output path',
    explanation: `The path of an output file would leave the output directory, or could not exist on every system: absolute paths, "..", \
backslashes, control characters, names that Windows reserves (con, nul, com1), names that end with a dot or a space, and two paths that differ \
in upper and lower case alone, which are one file on macOS and Windows. The same spec has to give the same tree everywhere.

Output paths are made of names in the spec, so the way out is another name there. For example, two alerts may not be called

  QueueFull and Queuefull

because both would own the runbook docs/runbooks/queuefull.md on some machines.`,
  },
  OBS4105: {
    severity: 'error',
    title: 'another build is at work',
    explanation: `Two builds may not write to one output directory at the same time: the result would be a mixture of both. This build waited \
for the other one and gave up, or the other one finished in the meantime and left a tree that this build had not planned for. Nothing was written.

  obs-gen build & obs-gen build     both at once, to one folder
  obs-gen build --out a & obs-gen build --out b

Run the build again once the other one has ended; a build in watch mode holds the directory only while it writes. The lock names a process and \
the time at which it started, so a lock that a crash left behind is recognised and needs no care. Only a lock from another machine or container \
cannot be checked; it counts for ten minutes. Where you know that no build is running, remove the directory .obs-gen.tmp in the output directory.`,
  },
  OBS4106: {
    severity: 'error',
    title: 'not a plain file or directory',
    explanation: `Below the output directory obs-gen writes to plain files in plain directories. Where a symbolic link, a device, a pipe or a \
directory stands in the place of a file (or a file in the place of a directory), writing could change something outside the output directory or \
destroy something that is not ours. Nothing was written.

Remove what stands there, or move it. To have the output somewhere else, point --out to it: the output directory itself may be a symbolic link, \
only what is below it may not.

  obs-gen build --out ../shared/generated`,
  },
  OBS4107: {
    severity: 'error',
    title: 'cannot read or write',
    explanation: `The system refused to read or write a path; the message has its error number: EACCES and EPERM (no permission), ENOSPC and \
EDQUOT (disk full), EROFS (read-only file system), EMFILE (too many open files), ENAMETOOLONG, EIO. The exit code is 2, because this says nothing \
about the spec.

  obs-gen build --out /read-only     EROFS
  obs-gen build --out generated      a folder that may be written

New content is written to temporary files first and moved into place only when all of it is on disk, so a full disk or a missing permission leaves the \
old tree as it was. Where the fault strikes later still, each file is either the old or the new one, whole, and the next build finishes the work.`,
  },
  OBS4108: {
    severity: 'warning',
    title: 'edited file is no longer generated',
    explanation: `Nothing in the spec makes this file any more, but it was edited since obs-gen wrote it, so it was not removed. It is yours \
from now on: obs-gen forgets it and says this once.

Remove it where you do not need it, since code or rules that still use it describe telemetry that no longer exists. To have it removed by obs-gen, \
name it before the build forgets it:

  obs-gen build --force generated/old.ts`,
  },
  OBS4109: {
    severity: 'warning',
    title: 'manifest cannot be read',
    explanation: `The manifest .obs-gen.json in the output directory lists the files that obs-gen wrote, with their hashes. It exists but is no \
manifest: it was edited, cut off, or holds conflict markers of a merge. Without it obs-gen cannot tell its own files from yours: existing files that \
differ from the new output are conflicts (OBS4101), and files that are no longer generated stay.

  git checkout -- generated/.obs-gen.json     the manifest as it was committed

A build without conflicts writes a new manifest. Where there are conflicts, restore the manifest from version control, or remove the output directory \
and build again.`,
  },
  OBS4110: {
    severity: 'warning',
    title: 'forced path is no conflict',
    explanation: `--force names a file whose hand-made changes are to be given up. The path given here is no file that this build makes or removes, \
so it forces nothing; mostly it is a slip in the path. Paths count from the working directory or from the output directory:

  obs-gen build --force generated/metrics.ts
  obs-gen build --force metrics.ts`,
  },
});
