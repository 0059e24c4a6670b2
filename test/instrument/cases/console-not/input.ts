export class Silent {
  run(): void {
    console.error('silent');
  }
}

export class Loud {
  run(document: { title: string }): void {
    console.error(document.title);
    console.log('not meant');
  }
}
