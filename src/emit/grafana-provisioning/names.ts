import type { Model } from '../../model/model.js';
import { dashboardUid } from '../grafana/uid.js';

/** The uid of a folder, from its title alone: services that share a folder agree on it without knowing of each other. */
export function folderUid(title: string): string {
  return dashboardUid('obs-gen-folder', title);
}

/**
 * The folder of the rules that Grafana evaluates. Not the one of the dashboards: Grafana reads rules before dashboards and would make
 * that folder without its uid, and until version 11 two rules of one folder may not share a title, which services easily do.
 */
export function alertFolder(model: Model): string {
  return `${model.target.grafana.folder} alerts (${model.service.name})`;
}

/** The uid of a rule. Grafana does not start with one that is longer than 40 characters. */
export function ruleUid(service: string, alert: string): string {
  return dashboardUid(service, alert);
}
