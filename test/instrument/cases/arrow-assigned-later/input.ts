export let handler: ((text: string) => string) | undefined;
const table: { run?: (text: string) => Promise<string> } = {};

handler = (text) => text.trim();
table.run = async (text) => text;
table['run'] ??= async () => 'never';

export { table };
