import type { Labels } from './series.js';

/** The point of a series whose links are asked for. */
export interface LinkedPoint {
  /** The series as its legend calls it. */
  readonly name: string;
  readonly labels: Labels;
  readonly value: number | null;
  /** Milliseconds since 1970. */
  readonly time: number;
}

const places =
  /\$\{__(field|series|value)(?:\.(name|displayName|raw|numeric|text|time)|\.labels(?:\.(\w+)|\["([^"]+)"\]|\['([^']+)'\]))(?::\w+)?\}/g;

/**
 * Fills what Grafana knows of a point into the address of a link: `${__field.labels.model}`, `${__series.name}`, `${__value.raw}`. Each is
 * written as a part of an address; other variables stay.
 */
export function linkOfPoint(url: string, { name, labels, value, time }: LinkedPoint): string {
  return url.replace(
    places,
    (_, subject: string, part?: string, word?: string, double?: string, single?: string) => {
      const label = word ?? double ?? single;
      if (label !== undefined) return encodeURIComponent(labels[label] ?? '');
      if (part === 'time') return String(time);
      return encodeURIComponent(subject === 'value' ? String(value ?? '') : name);
    },
  );
}
