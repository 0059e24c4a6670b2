import { entries } from './entry.js';

/** OBS308x: renamed metrics, and changes that are accepted. */
export const changeEntries = entries({
  OBS3080: {
    severity: 'warning',
    title: 'acceptance of a change is over',
    explanation: `An entry under \`changes\` accepts what a change breaks until a day that has come. From that day on \`obs-gen diff\` counts the change as breaking again.

Make the change and merge it, take it back, or accept it anew with a later day.

  changes:
    - { at: metrics.pages_total, allow: [SERIES, QUERY], reason: nobody reads it, until: 2027-03-31 }`,
  },
  OBS3081: {
    severity: 'warning',
    title: 'acceptance of a change that breaks nothing',
    explanation: `An entry under \`changes\` names a place at which nothing breaks in the classes that it allows: the change has been merged, was taken back, or the place is misspelt. Left there, it would accept the next breaking change at that place, which nobody has looked at.

  changes:
    - { at: metrics.pages_total, allow: [SERIES], reason: nobody reads it, until: 2027-03-31 }     nothing breaks there

Remove the entry, or correct \`at\`: \`obs-gen diff\` prints the place of each change.`,
  },
  OBS3082: {
    severity: 'warning',
    title: 'renaming is over',
    explanation: `\`renamedFrom\` keeps the old name of a metric exposed beside the new one, so that whoever reads the old name can move. The day until which that was promised has come. The output stays as it is until the key is removed: a build must not change because of a date.

Make sure that nobody reads the old name any more, then remove \`renamedFrom\`; or move the day.

  metrics:
    research_runs_total:
      type: counter
      help: Research runs finished.
      renamedFrom: { name: research_jobs_total, until: 2027-06-30 }`,
  },
  OBS3083: {
    severity: 'error',
    title: 'old name of a metric is taken',
    explanation: `A metric says that it had another name, and something else has that name now: another metric, one of the series of a histogram, or a second metric that claims the same past. Both would be exposed under one name, and whoever reads it would get a mixture.

Remove \`renamedFrom\`, or the metric that still has the old name.`,
  },
});
