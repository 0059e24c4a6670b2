import { catalogue, catalogueEntry, isDiagnosticCode } from '../../diagnostics/catalogue.js';
import { hasErrors } from '../../diagnostics/create.js';
import { nearest } from '../../diagnostics/did-you-mean.js';
import { renderPretty } from '../../diagnostics/render/pretty.js';
import { limits } from '../../spec/limits.js';
import { specProperty, textArgument, ToolFailure, type Tool } from '../tool.js';
import { diagnosticsData } from '../workspace.js';

const diagnosticsSchema = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      code: { type: 'string' },
      severity: { type: 'string' },
      message: { type: 'string' },
      help: { type: 'string' },
    },
    required: ['code', 'severity', 'message'],
  },
} as const;

export const validate: Tool = {
  name: 'validate',
  title: 'Check a spec',
  description:
    'Reports everything that is wrong with the observability spec, with line, column and the way out: schema, references, PromQL, SLO arithmetic, alerts that cannot fire, cardinality. With `text` it checks a change before it is written to the file. Writes nothing. Use it after each change of the spec.',
  inputSchema: {
    type: 'object',
    properties: {
      ...specProperty,
      text: {
        type: 'string',
        maxLength: limits.fileBytes,
        description: 'The whole YAML that the spec would be, in place of what stands in the file',
      },
    },
    additionalProperties: false,
  },
  outputSchema: {
    type: 'object',
    properties: {
      valid: { type: 'boolean', description: 'No errors; there may be warnings' },
      errors: { type: 'integer' },
      warnings: { type: 'integer' },
      diagnostics: diagnosticsSchema,
      truncated: { type: 'string' },
    },
    required: ['valid', 'errors', 'warnings', 'diagnostics'],
  },
  readOnly: true,
  call(given, workspace) {
    const { diagnostics } = workspace.read(textArgument(given, 'spec'), textArgument(given, 'text')).analysis;
    const count = (severity: string): number =>
      diagnostics.filter((each) => each.severity === severity).length;
    return {
      data: {
        valid: !hasErrors(diagnostics),
        errors: count('error'),
        warnings: count('warning'),
        ...diagnosticsData(diagnostics),
      },
      ...(diagnostics.length === 0 ? {} : { text: renderPretty(diagnostics.slice(0, 50), { color: false }) }),
    };
  },
};

export const explain: Tool = {
  name: 'explain',
  title: 'Explain a diagnostic code',
  description: 'The long text of a code such as OBS3111: why it is reported, and how to mend it.',
  inputSchema: {
    type: 'object',
    properties: {
      code: { type: 'string', minLength: 1, maxLength: 20, description: 'Such as OBS3111, or 3111' },
    },
    required: ['code'],
    additionalProperties: false,
  },
  outputSchema: {
    type: 'object',
    properties: {
      code: { type: 'string' },
      severity: { type: 'string' },
      title: { type: 'string' },
      explanation: { type: 'string' },
    },
    required: ['code', 'severity', 'title', 'explanation'],
  },
  readOnly: true,
  call(given) {
    const code = (textArgument(given, 'code') ?? '')
      .trim()
      .toUpperCase()
      .replace(/^(?=\d)/, 'OBS');
    if (isDiagnosticCode(code)) {
      const { severity, title, explanation } = catalogueEntry(code);
      return {
        data: { code, severity, title, explanation },
        text: `${severity}[${code}]: ${title}\n\n${explanation}`,
      };
    }
    const meant = nearest(code, Object.keys(catalogue));
    throw new ToolFailure(
      `there is no code ${JSON.stringify(code)}`,
      meant === undefined ? [] : [`did you mean ${meant}?`],
    );
  },
};
