import { calls, isTrue, shown, Whole, type Word } from './calls.js';
import { TemplateError } from './error.js';
import { parseTemplate, type Command, type Node, type Operand, type Pipeline } from './parse.js';

/** What the templates of an alert read. */
export interface TemplateData {
  /** Of the condition's result, the metric's name as __name__ among them. */
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

const parsed = new Map<string, readonly Node[]>();

class Expander {
  readonly data: TemplateData;
  readonly declared = new Map<string, Word>();
  /** What a dot stands for inside `with`. */
  dot: Word | undefined;

  constructor(data: TemplateData) {
    this.data = data;
  }

  nodes(nodes: readonly Node[]): string {
    return nodes.map((node) => this.node(node)).join('');
  }

  node(node: Node): string {
    switch (node.kind) {
      case 'text':
        return node.text;
      case 'action':
        return shown(this.pipeline(node.pipeline));
      case 'declare':
        this.declared.set(node.name, this.pipeline(node.pipeline));
        return '';
      case 'if':
        return this.nodes(isTrue(this.pipeline(node.pipeline)) ? node.then : node.otherwise);
      case 'with': {
        const value = this.pipeline(node.pipeline);
        if (!isTrue(value)) return this.nodes(node.otherwise);
        const before = this.dot;
        this.dot = value;
        const made = this.nodes(node.then);
        this.dot = before;
        return made;
      }
    }
  }

  pipeline(pipeline: Pipeline): Word {
    let value: Word | undefined;
    for (const command of pipeline) value = this.command(command, value);
    if (value === undefined) throw new TemplateError('an action of a template is empty');
    return value;
  }

  command([first, ...rest]: Command, piped: Word | undefined): Word {
    if (first === undefined) throw new TemplateError('a command of a template is empty');
    if (first.kind !== 'function') {
      if (rest.length > 0 || piped !== undefined)
        throw new TemplateError('a template gives arguments to something that is no function');
      return this.operand(first);
    }
    const call = Object.hasOwn(calls, first.name) ? calls[first.name] : undefined;
    if (call === undefined) throw new TemplateError(`${first.name} is not filled in`);
    const args = rest.map((operand) => this.operand(operand));
    return call(piped === undefined ? args : [...args, piped]);
  }

  operand(operand: Operand): Word {
    switch (operand.kind) {
      case 'string':
      case 'bool':
        return operand.value;
      case 'number':
        return operand.isWhole ? new Whole(operand.value) : operand.value;
      case 'pipeline':
        return this.pipeline(operand.pipeline);
      case 'function':
        return this.command([operand], undefined);
      case 'variable':
        return this.variable(operand.name, operand.path);
    }
  }

  variable(name: string, [first, ...more]: readonly string[]): Word {
    if (more.length > 1) throw new TemplateError(`${[name, first, ...more].join('.')} is nothing`);
    const declared = this.declared.get(name);
    if (declared !== undefined && first === undefined) return declared;
    if (name === '$labels') return first === undefined ? this.data.labels : this.label(first);
    if (name === '$value' && first === undefined) return this.data.value;
    if (name === '.' && this.dot !== undefined) {
      if (first === undefined) return this.dot;
    } else if (name === '.' || name === '$') {
      if (first === 'Value' && more.length === 0) return this.data.value;
      if (first === 'Labels') return more[0] === undefined ? this.data.labels : this.label(more[0]);
    }
    // External labels and the address of the server are what the server is told: a test cannot know them.
    throw new TemplateError(
      `${[name, first, ...more].filter((each) => each !== undefined).join('.')} is not filled in`,
    );
  }

  label(name: string): string {
    return this.data.labels.get(name) ?? '';
  }
}

/** Fills a template of an alert in, as Prometheus does. @throws TemplateError where it asks for what is not filled in here */
export function expandTemplate(text: string, data: TemplateData): string {
  if (!text.includes('{{')) return text;
  const known = parsed.get(text);
  const nodes = known ?? parseTemplate(text);
  if (known === undefined) parsed.set(text, nodes);
  return new Expander(data).nodes(nodes);
}
