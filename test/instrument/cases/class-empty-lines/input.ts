export class A { run(): string { return 'a'; } }
export class B
{
    run(): string
    {
        return 'b';
    }
}
export class C {

  // a comment first
  run(): string {
    return 'c';
  }

}
export class D { /* nothing */ }
export class E extends A { override run() { return super.run() + 'e'; } static s() { return 1 } }
