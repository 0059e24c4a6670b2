export async function run(text: string): Promise<string> {
  return text;
}