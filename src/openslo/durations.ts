const seconds: Readonly<Record<string, number>> = {
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 30 * 86_400,
  Q: 90 * 86_400,
  Y: 365 * 86_400,
};

/** Seconds of a duration of OpenSLO, `4w`, `1M`; undefined where it is none. Months have 30 days, quarters 90, years 365. */
export function shorthandSeconds(text: string): number | undefined {
  const [, count = '', unit = ''] = /^([1-9][0-9]{0,5}|0)([mhdwMQY])$/.exec(text.trim()) ?? [];
  const length = seconds[unit];
  return length === undefined ? undefined : Number(count) * length;
}

/** Whether a duration of OpenSLO is one of the calendar, whose length is not always the same. */
export function isOfCalendar(text: string): boolean {
  return /[MQY]$/.test(text.trim());
}

/** A duration as OpenSLO writes it; undefined where it is no whole number of minutes. */
export function shorthand(length: number): string | undefined {
  for (const unit of ['d', 'h', 'm']) {
    const count = length / (seconds[unit] ?? 1);
    if (Number.isInteger(count) && count > 0) return `${count}${unit}`;
  }
  return length === 0 ? '0m' : undefined;
}
