class Base {
  create(text: string): string {
    return `base ${text}`;
  }
}

export class Derived extends Base {
  override create(text: string): string {
    return super.create(text);
  }
  #create(): string {
    return 'private';
  }
  run(): string {
    return this.#create();
  }
}

const create = (parts: TemplateStringsArray): string => parts.join();

export const tagged = create`text`;
export const optional = (client?: Base): string | undefined => client?.create('a');
export const optionalCall = (client: { create?: (text: string) => string }): string | undefined =>
  client.create?.('b');
export const made = new (class create {})();
