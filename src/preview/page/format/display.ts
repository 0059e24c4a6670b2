import type { Field } from '../board.js';
import { colourOf, paletteColour, type Theme } from './colours.js';
import { mappedValue } from './mappings.js';
import { stepOf } from './thresholds.js';
import { formatValue, formattedText, type Formatted } from './units.js';

/** A value as it is shown. */
export interface Shown extends Formatted {
  readonly colour: string;
}

/** The colour of a field: its own, that of a value's threshold, or the next of the palette. @param index of the field in its panel */
export function fieldColour(field: Field, value: number | null, index: number, theme: Theme): string {
  const { color } = field;
  const mode = color?.mode ?? 'thresholds';
  if ((mode === 'fixed' || mode === 'shades') && color?.fixedColor !== undefined)
    return colourOf(color.fixedColor, theme);
  if (mode === 'thresholds') {
    const steps = field.thresholds?.steps ?? [];
    const step = value === null ? steps[0] : stepOf(steps, value);
    return colourOf(step?.color ?? 'green', theme);
  }
  return paletteColour(index, theme);
}

/** A value with its unit, or what a mapping shows instead of it; `noValue` where there is none. */
export function shownValue(field: Field, value: number | null, index: number, theme: Theme): Shown {
  const mapped = mappedValue(field.mappings, value);
  const known = value !== null && !Number.isNaN(value);
  const plain =
    known || mapped?.color !== undefined ? fieldColour(field, value, index, theme) : colourOf('text', theme);
  const colour = mapped?.color === undefined ? plain : colourOf(mapped.color, theme);
  if (mapped?.text !== undefined && mapped.text !== '')
    return { prefix: '', text: mapped.text, suffix: '', colour };
  if (value === null) return { prefix: '', text: field.noValue ?? '-', suffix: '', colour };
  return { ...formatValue(value, field.unit, field.decimals), colour };
}

/** The same in one text. */
export function shownText(field: Field, value: number | null): string {
  return formattedText(shownValue(field, value, 0, 'dark'));
}
