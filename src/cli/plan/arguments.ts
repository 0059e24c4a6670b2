import { usualShare, type Scale } from '../../plan/scale.js';
import { UsageError } from '../usage-error.js';

export interface PlanArguments {
  readonly spec: string;
  readonly instances: number | undefined;
  readonly regions: number;
  readonly share: number | undefined;
  readonly format: 'pretty' | 'json';
}

/** More than anybody has, and few enough to count with. */
const most = 10_000_000;

function wholeNumber(name: string, value: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new UsageError(`--${name} is a whole number from 1 to ${most}, not ${value}`);
}

/** What to plan for. @throws UsageError */
export function scaleOf({ instances, regions, share = usualShare }: PlanArguments, declared: number): Scale {
  if (!(share > 0 && share <= 1))
    throw new UsageError(`--share is a part of the caps, more than 0 and at most 1, not ${share}`);
  const scale = {
    instances: wholeNumber('instances', instances ?? declared),
    regions: wholeNumber('regions', regions),
    share,
  };
  if (scale.regions > scale.instances)
    throw new UsageError(`${scale.instances} instances are fewer than ${scale.regions} regions`, [
      'name as many instances as there are in all regions together',
    ]);
  return scale;
}
