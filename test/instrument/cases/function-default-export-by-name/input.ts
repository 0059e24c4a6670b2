function handler(request: string): string {
  return `handled ${request}`;
}

export default handler;
