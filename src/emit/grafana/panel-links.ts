import type { Model } from '../../model/model.js';
import { runbookUrl } from '../../model/runbook.js';
import type { PanelLink } from './dashboard.js';

/** The first steps of an alert, where they are written down, and its state in Grafana's list of alerts. */
export function alertLinks(model: Model, name: string): readonly PanelLink[] {
  const runbook = runbookUrl(model, name);
  const state = `/alerting/list?search=${encodeURIComponent(`rule:"${name}"`)}`;
  return [
    ...(runbook === undefined ? [] : [{ targetBlank: true, title: `Runbook: ${name}`, url: runbook }]),
    { targetBlank: true, title: `Alert: ${name}`, url: state },
  ];
}
