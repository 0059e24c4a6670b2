export default async function (request: string): Promise<string> {
  return `handled ${request}`;
}
