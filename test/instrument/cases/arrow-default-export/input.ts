export default async (request: string) => `handled ${request}`;
