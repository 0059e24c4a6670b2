import { jsDoc } from '../../encode/comment.js';
import { joinCode, numberLiteral, stringLiteral, ts } from '../../encode/typescript.js';
import type { TsCode } from '../../encode/typescript.js';
import type { Label, Model } from '../../model/model.js';
import { labelDoc, labelTypeDoc } from './docs.js';
import { importTypes, importValues, runtimeSpecifier } from './imports.js';
import type { ImportStyle } from './imports.js';
import { ordinalMember } from './label-ordinal.js';
import { print } from './layout.js';
import type { HelperNames } from './names.js';
import { breakableProperty, list, callEntry, property, typeArguments, unionType } from './shapes.js';
import { renderTypeScript } from './view.js';

const makers = { closed: 'closedLabel', registered: 'registeredLabel', open: 'openLabel' } as const;
const types = { closed: 'ClosedLabel', registered: 'RegisteredLabel', open: 'OpenLabel' } as const;

/** The text of `labels.ts`; undefined where the spec has no labels. */
export function labelsFile(model: Model, names: HelperNames, style: ImportStyle): string | undefined {
  const labels = [...model.labels.values()];
  if (labels.length === 0) return undefined;
  const runtime = runtimeSpecifier(style);
  const kinds = labels.map(({ bound }) => bound.kind);
  return renderTypeScript('labels', {
    imports: joinCode(
      [
        ...importValues(
          kinds.map((kind) => makers[kind]),
          runtime,
        ),
        ...importTypes(
          kinds.map((kind) => types[kind]),
          runtime,
        ),
      ],
      '\n',
    ),
    types: labels.flatMap((label) =>
      label.bound.kind === 'closed'
        ? [{ doc: jsDoc(labelTypeDoc(label), ''), code: valuesType(label, label.bound.values, names) }]
        : [],
    ),
    members: labels.map((label) => ({ doc: jsDoc(labelDoc(label), '  '), code: member(label, names) })),
    values: labels.map((label) => value(label, names)),
  });
}

/** The type of a label's values in the helpers' arguments. */
export function labelValueType(label: Label, names: HelperNames): TsCode {
  return names.labelType(label) ?? ts`string`;
}

function valuesType(label: Label, values: readonly string[], names: HelperNames): TsCode {
  return print([
    ts`export type ${labelValueType(label, names)}`,
    ' =',
    unionType(values.map(stringLiteral)),
    ';',
  ]);
}

function member(label: Label, names: HelperNames): TsCode {
  const name = names.label(label);
  const type = names.labelType(label);
  const labelType = { closed: ts`ClosedLabel`, registered: ts`RegisteredLabel`, open: ts`OpenLabel` }[
    label.bound.kind
  ];
  return print(
    [ts`readonly ${name}: ${labelType}`, type === undefined ? ts`` : typeArguments([type]), ';'],
    2,
  );
}

function value(label: Label, names: HelperNames): TsCode {
  const maker = { closed: ts`closedLabel`, registered: ts`registeredLabel`, open: ts`openLabel` }[
    label.bound.kind
  ];
  const key = breakableProperty('key', stringLiteral(label.key));
  if (label.bound.kind !== 'closed') {
    return callEntry(names.label(label), maker, [key, property('cap', numberLiteral(label.bound.cap))]);
  }
  const { values } = label.bound;
  const ordinal = ordinalMember(values);
  const members = [key, property('values', list(values.map(stringLiteral)))];
  return callEntry(names.label(label), maker, members, ordinal === undefined ? [] : [ordinal]);
}
