const bytesOf = { KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 } as const;

/** Bytes of a size that the schema has let through: `64KiB`, `512MiB`, `2GiB`. */
export function parseSize(size: string): number {
  const unit = size.slice(-3) as keyof typeof bytesOf;
  return Number(size.slice(0, -3)) * bytesOf[unit];
}
