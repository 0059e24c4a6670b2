import type { Model } from '../../model/model.js';
import type { RecordingRule, RuleGroup } from '../../promql/rule.js';
import { grouped } from '../../slo/groups.js';
import { dcgmRecords, devicesSeen } from './records.js';

/** Whether a dcgm-exporter may be what shows the GPUs: named as the source, or found at run time. */
function mayBeShown({ sections }: Model): boolean {
  const nvidia = sections.gpu?.collectors?.nvidia;
  return nvidia !== undefined && ['auto', 'dcgm'].includes(nvidia.source ?? 'auto');
}

/**
 * Records that give dcgm-exporter's series the names, units and labels of ours, so that alerts and dashboards read either. They carry the
 * labels that this service's series are told by: whoever asks for its GPUs is given these; and a job, as dashboards leave out series without
 * one. Series that nothing declares are not made.
 */
export function dcgmRules(model: Model): readonly RecordingRule[] {
  if (!mayBeShown(model)) return [];
  return dcgmRecords
    .filter(({ record }) =>
      record === devicesSeen ? model.metrics.has('gpu_collector_devices') : model.metrics.has(record),
    )
    .map(({ record, labels, expr }): RecordingRule => ({
      kind: 'record',
      record,
      expr,
      // What only these rules read is told from nothing else.
      labels:
        record === devicesSeen
          ? new Map<string, string>()
          : new Map([['job', 'dcgm-exporter'], ...model.service.selector, ...Object.entries(labels)]),
    }));
}

/**
 * The rule groups of dcgm-exporter's series; none where no collector may find one. Two services that no label tells apart make the same
 * group: where both of its copies are evaluated, the same values are written to the same series, and no sum counts a device twice.
 */
export function dcgmGroups(model: Model): readonly RuleGroup[] {
  const interval = model.target.prometheus.evaluationInterval.seconds;
  const { name, selector } = model.service;
  return grouped(model, selector.size === 0 ? 'dcgm-exporter' : `${name}:dcgm`, interval, dcgmRules(model));
}
