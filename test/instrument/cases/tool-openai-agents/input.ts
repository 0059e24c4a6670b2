function tool<I>(definition: { name: string; parameters: I; execute: (input: I) => Promise<string> }): {
  name: string;
  invoke(input: I): Promise<string>;
} {
  return { name: definition.name, invoke: (input) => definition.execute(input) };
}

export const weather = tool({
  name: 'get_weather',
  parameters: { city: '' },
  execute: async (input) => `weather in ${input.city}`,
});

export const other = tool({
  name: 'set_weather',
  parameters: { city: '' },
  execute: async (input) => `not in ${input.city}`,
});
