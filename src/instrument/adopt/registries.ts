import { ts } from 'ts-morph';
import { clientThing, type ClientThing } from './client.js';
import { nodesNamed, type CodeBase } from './code-base.js';
import { valueOf, type ConstantReader } from './constants.js';
import type { Definition } from './definitions.js';
import { innermost, symbolOf } from './expressions.js';
import type { Obstacle } from './left-alone.js';

/** A registry: the own one of a library, or what a name stands for; undefined where it cannot be told. */
type Registry = ClientThing['package'] | ts.Declaration | undefined;

/** Which registry the helpers are in, and whether a definition is in the same one. */
export class Registries {
  readonly #code: CodeBase;
  readonly #constants: ConstantReader;
  readonly #helpers: Registry;
  /** Text of the registry that is given to the helpers. */
  readonly #given: string | undefined;
  readonly #parameters = new Map<ts.ParameterDeclaration, { readonly registry: Registry }>();

  constructor(code: CodeBase, constants: ConstantReader) {
    this.#code = code;
    this.#constants = constants;
    const given = givenTo(code, constants);
    this.#given = given?.getText();
    this.#helpers = given === undefined ? 'prom-client' : this.#registryOf(given);
  }

  /** Why a helper would not be where this definition is. */
  obstacleOf(definition: Definition): Obstacle | undefined {
    const { registers } = definition;
    if (registers === undefined) return this.#compared(definition.package, 'the global registry', 'register');
    const items = this.#constants.items(registers);
    const [only] = items ?? [];
    if (items === undefined || only === undefined || items.length > 1)
      return {
        reason:
          items?.length === 0
            ? 'it is in no registry (`registers: []`)'
            : items === undefined
              ? 'its registries are made at run time'
              : 'it is in several registries',
        help: 'keep it in the one registry that `telemetry.start({ registry })` is given',
      };
    return this.#compared(this.#registryOf(only), `\`${only.getText()}\``, only.getText());
  }

  #compared(registry: Registry, shown: string, text: string): Obstacle | undefined {
    if (registry !== undefined && registry === this.#helpers) return undefined;
    const there = registry === '@prometheus-io/client' ? `${shown} of @prometheus-io/client` : shown;
    return this.#given === undefined
      ? {
          reason: `it is in ${there}, and the helpers are in prom-client's global registry`,
          help: `start the telemetry with it: telemetry.start({ registry: ${text} })`,
        }
      : {
          reason: `it is in ${there}, and the helpers are in \`${this.#given}\``,
          help: 'keep all metrics in one registry',
        };
  }

  #registryOf(node: ts.Expression): Registry {
    const { checker } = this.#code;
    const thing = clientThing(checker, node);
    if (thing?.name === 'register') return thing.package;
    // `Registry.globalRegistry`
    const found = innermost(node);
    if (ts.isPropertyAccessExpression(found) && found.name.text === 'globalRegistry') {
      const owner = clientThing(checker, found.expression);
      if (owner?.name === 'Registry') return owner.package;
    }
    const name = ts.isPropertyAccessExpression(found) ? found.name : found;
    const declaration = symbolOf(checker, name)?.declarations?.[0];
    if (declaration === undefined) return undefined;
    if (ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined) {
      const passed = clientThing(checker, declaration.initializer);
      if (passed?.name === 'register') return passed.package;
    }
    // A parameter that every call gives the same is that; the depth of calls ends with the first that is none.
    return ts.isParameter(declaration) ? (this.#givenAs(declaration) ?? declaration) : declaration;
  }

  /** The one registry that all calls of a function give it for a parameter; undefined where they do not, or where it is called unseen. */
  #givenAs(parameter: ts.ParameterDeclaration): Registry {
    const known = this.#parameters.get(parameter);
    if (known !== undefined) return known.registry;
    // A function that calls itself gives what it was given.
    this.#parameters.set(parameter, { registry: undefined });
    const index = parameter.parent.parameters.indexOf(parameter);
    const calls = callsOf(this.#code, parameter.parent);
    const given = calls?.map(({ arguments: list }) => {
      const value = list?.[index] ?? parameter.initializer;
      return value === undefined ? undefined : this.#registryOf(value);
    });
    const [first] = given ?? [];
    const registry = given?.every((each) => each === first) === true ? first : undefined;
    this.#parameters.set(parameter, { registry });
    return registry;
  }
}

/** What `telemetry.start({ registry })` is given; undefined where it is not, or is not started in this code. */
function givenTo({ files }: CodeBase, constants: ConstantReader): ts.Expression | undefined {
  for (const { source } of files) {
    if (!source.text.includes('registry')) continue;
    for (const node of nodesNamed(source, 'start')) {
      const { parent } = node;
      if (!ts.isPropertyAccessExpression(parent) || !ts.isCallExpression(parent.parent)) continue;
      if (!/telemetry$/i.test(parent.expression.getText())) continue;
      const [options] = parent.parent.arguments;
      const registry = options && valueOf(constants.properties(options)?.get('registry'));
      if (registry !== undefined) return registry;
    }
  }
  return undefined;
}

/** Every call of a function, or of a class by its constructor; undefined where one of its uses is something else. */
function callsOf(
  { checker, files }: CodeBase,
  callee: ts.SignatureDeclaration,
): readonly (ts.CallExpression | ts.NewExpression)[] | undefined {
  const owner = ts.isConstructorDeclaration(callee)
    ? callee.parent
    : ts.isVariableDeclaration(callee.parent)
      ? callee.parent
      : callee;
  const { name } = owner;
  if (name === undefined || !ts.isIdentifier(name)) return undefined;
  const calls: (ts.CallExpression | ts.NewExpression)[] = [];
  for (const { source } of files)
    for (const node of nodesNamed(source, name.text)) {
      const { parent } = node;
      if (node === name || ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) continue;
      if (symbolOf(checker, node)?.declarations?.includes(owner) !== true) continue;
      const called = ts.isPropertyAccessExpression(parent) && parent.name === node ? parent : node;
      const call = called.parent;
      if ((ts.isCallExpression(call) || ts.isNewExpression(call)) && call.expression === called)
        calls.push(call);
      else if (!ts.isTypeNode(call) && !ts.isTypeQueryNode(parent) && !ts.isTypeReferenceNode(parent))
        return undefined;
    }
  return calls.length === 0 ? undefined : calls;
}
