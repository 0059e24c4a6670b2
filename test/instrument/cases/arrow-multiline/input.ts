export const compose =
  <A, B, C>(
    first: (value: A) => B,
    second: (value: B) => C,
  ) =>
  (value: A) =>
    second(
      first(value),
    );

export const long = (text: string) =>
  text
    .split('')
    .map((letter) =>
      letter === 'a'
        ? letter.toUpperCase()
        : letter,
    )
    .join('');
