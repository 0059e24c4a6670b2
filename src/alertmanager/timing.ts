import { parseDuration } from '../promql/duration.js';
import type { AlertmanagerSpec, ReceiverSpec, Severity } from './settings.js';

/** How the notifications of a route are spaced, in seconds. */
export interface Timing {
  readonly groupWait: number;
  readonly groupInterval: number;
  readonly repeatInterval: number;
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** A page is sent nearly at once; the quieter an alert, the more of them share a notification. */
const defaults: Readonly<Record<Severity, Timing>> = {
  page: { groupWait: 10, groupInterval: 5 * minute, repeatInterval: 4 * hour },
  ticket: { groupWait: minute, groupInterval: 15 * minute, repeatInterval: day },
  info: { groupWait: 5 * minute, groupInterval: hour, repeatInterval: 3 * day },
};

export const timingKeys = ['groupWait', 'groupInterval', 'repeatInterval'] as const;

function seconds(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseDuration(text);
}

/** The spacing for a severity: what its own receiver says, or else the section, or else the default. */
export function timingOf(spec: AlertmanagerSpec, severity: Severity): Timing {
  const own = (key: (typeof timingKeys)[number]): number =>
    seconds(spec[severity]?.[key] ?? spec[key]) ?? defaults[severity][key];
  return {
    groupWait: own('groupWait'),
    groupInterval: own('groupInterval'),
    repeatInterval: own('repeatInterval'),
  };
}

const heartbeatInterval = minute;

/**
 * The spacing of the dead man's switch. Alertmanager looks every group interval whether the repeat interval has passed since the last
 * notification; were the two the same, every second beat could come a moment too early and be left out.
 */
export function heartbeatTiming(receiver: ReceiverSpec): Timing {
  const interval = seconds(receiver.repeatInterval) ?? heartbeatInterval;
  return {
    groupWait: seconds(receiver.groupWait) ?? 0,
    groupInterval: seconds(receiver.groupInterval) ?? interval,
    repeatInterval: Math.max(0.001, Math.floor(interval * 800) / 1000),
  };
}
