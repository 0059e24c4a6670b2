import { headOf } from '../board.js';
import { list, text } from '../json.js';
import { verdict, type Rule } from '../rule.js';

/** The title is there and no other dashboard's, and tags say what the dashboard belongs to. */
export const dashboardTitle: Rule = {
  id: 'dashboard-title',
  from: 'obs-gen',
  *check({ json, title }, { beside = [], model }) {
    yield verdict(
      title.trim() !== '',
      { path: 'title' },
      'the dashboard has no title',
      'name what it is about',
    );
    yield verdict(
      title === '' || beside.every((each) => headOf(each).title !== title),
      { path: 'title' },
      `two dashboards are called \`${title}\``,
      'people choose by the title: say what tells them apart',
    );
    const tags = list(json['tags']).flatMap((tag) => text(tag) ?? []);
    const wanted = model === undefined ? undefined : `service:${model.service.name}`;
    yield verdict(
      wanted === undefined ? tags.length > 0 : tags.includes(wanted),
      { path: 'tags' },
      wanted === undefined ? 'the dashboard has no tags' : `the dashboard lacks the tag \`${wanted}\``,
      'tag it with its service and its kind: links between dashboards go by tags',
    );
  },
};
