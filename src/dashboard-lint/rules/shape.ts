import { leafPanels, named } from '../board.js';
import { nearest } from '../../diagnostics/did-you-mean.js';
import { fault, fine, inPanel, verdict, type Rule } from '../rule.js';

/** What stands at the top of a dashboard in the classic form, in any release. */
const known: readonly string[] = [
  ...['uid', 'title', 'description', 'tags', 'editable', 'fiscalYearStartMonth', 'graphTooltip', 'links'],
  ...['annotations', 'templating', 'time', 'timepicker', 'timezone', 'refresh', 'schemaVersion', 'panels'],
  ...['id', 'version', 'iteration', 'gnetId', 'style', 'rows', 'hideControls', 'sharedCrosshair', 'revision'],
  ...['liveNow', 'weekStart', 'preload', 'snapshot', 'originalTitle', 'nav', 'autoUpdate', 'folderUid'],
  ...[
    '__inputs',
    '__requires',
    '__elements',
    'inputs',
    'overwrite',
    'message',
    'isStarred',
    'kiosk',
    'scopeMeta',
  ],
];

/** What a key of the dashboard holds, where everybody agrees. */
const types: readonly (readonly [string, (value: unknown) => boolean, string])[] = [
  ['title', (value) => typeof value === 'string', 'a string'],
  ['uid', (value) => typeof value === 'string', 'a string'],
  ['tags', Array.isArray, 'a list'],
  ['schemaVersion', (value) => typeof value === 'number', 'a number'],
  ['editable', (value) => typeof value === 'boolean', 'true or false'],
  ['refresh', (value) => typeof value === 'string' || value === false, 'a string'],
  ['time', (value) => typeof value === 'object', 'an object'],
  ['panels', Array.isArray, 'a list'],
];

/** The keys of a dashboard are Grafana's, and hold what Grafana expects: it passes over others in silence. */
export const shape: Rule = {
  id: 'shape',
  from: 'obs-gen',
  *check(board) {
    for (const key of Object.keys(board.json)) {
      const near = nearest(key, known);
      yield known.includes(key)
        ? fine({ path: key })
        : fault(
            { path: key },
            `Grafana does not read the key \`${key}\``,
            near === undefined ? 'remove it' : `did you mean \`${near}\`?`,
          );
    }
    for (const [key, isOf, what] of types) {
      const value = board.json[key];
      if (value !== undefined && value !== null)
        yield verdict(isOf(value), { path: key }, `\`${key}\` is not ${what}`, `write ${what}`);
    }
    for (const panel of leafPanels(board)) {
      yield verdict(
        panel.type !== '' && typeof (panel.json['title'] ?? '') === 'string',
        inPanel(panel),
        `${named(panel)} has no type, or a title that is no string`,
        'name the plugin that draws it: `timeseries`, `stat`',
      );
    }
  },
};
