/** The text of src/spec/spec.ts for the text of a schema. */
export function specTypes(schemaText: string): Promise<string>;
