export class Client {
  fetch(url: string): string {
    return `fetched ${url}`;
  }
  twice(url: string): string[] {
    return [this.fetch(url), this.fetch(url)];
  }
}

const original = Client.prototype.fetch;

export function mock(work: (url: string) => string): () => void {
  Client.prototype.fetch = work;
  return () => {
    Client.prototype.fetch = original;
  };
}
