export default async function handler(request: string): Promise<string> {
  return `handled ${request}`;
}
