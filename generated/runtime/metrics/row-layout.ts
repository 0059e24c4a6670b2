// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** How the label values of a metric, each given by its ordinal, lead to a row, and back. */
export interface RowLayout {
  /** The row of a label set; made where it is new. One ordinal for each label, none negative. */
  rowOf(ordinals: readonly number[]): number;
  /** The row of a label set that may be new; -1 where it is. */
  find(ordinals: readonly number[]): number;
  /** The ordinals of a row. */
  ordinalsOf(row: number): number[];
  /** For how many rows there should be memory, once there has to be some for this one. */
  room(row: number): number;
  /** Gives a row back, so that another label set can have it. */
  free(row: number): void;
}

/** What a layout has to know of a label. */
export interface Dimension {
  /** How many ordinals there can be, `__other__` included. */
  readonly size: number;
  /** Whether the values come from the program. */
  readonly isDynamic: boolean;
}

/**
 * A row for each combination there can be, numbered in mixed radix: the label whose values come from the program is the most
 * significant digit, so that the rows grow with the values that were admitted; the last closed label is the least. Generated code
 * does the same sum with the numbers written out.
 */
export class DenseRows implements RowLayout {
  private readonly dimensions: readonly Dimension[];
  private readonly strides: readonly number[];
  /** Combinations of the closed labels. */
  private readonly block: number;
  private readonly all: number;

  constructor(dimensions: readonly Dimension[]) {
    this.dimensions = dimensions;
    this.strides = stridesOf(dimensions);
    this.block = product(dimensions.filter(({ isDynamic }) => !isDynamic));
    this.all = product(dimensions);
  }

  rowOf(ordinals: readonly number[]): number {
    let row = 0;
    let index = 0;
    for (const stride of this.strides) row += stride * (ordinals[index++] ?? 0);
    return row;
  }

  find(ordinals: readonly number[]): number {
    return this.rowOf(ordinals);
  }

  ordinalsOf(row: number): number[] {
    return this.strides.map((stride, index) => {
      const { isDynamic, size } = this.dimensions[index] ?? { isDynamic: false, size: 1 };
      const ordinal = Math.floor(row / stride);
      return isDynamic ? ordinal : ordinal % size;
    });
  }

  room(row: number): number {
    return Math.min(this.all, Math.ceil(spare(row) / this.block) * this.block);
  }

  free(): void {
    // The row of a combination stays where it is.
  }
}

/** An eighth more than is needed, so that growing is rare and little memory lies idle. */
export function spare(row: number): number {
  return Math.ceil((row + 1) * 1.125);
}

function product(dimensions: readonly Dimension[]): number {
  return dimensions.reduce((all, { size }) => all * size, 1);
}

/** Beyond so many cells for each value of its open label, a metric's rows are made as label sets occur. */
const maxDenseCells = 8192;

/**
 * Whether rows are made as label sets occur: where several labels are open, or a row for each combination would be too many.
 * @param width cells of a row
 */
export function isSparse(dimensions: readonly Dimension[], width: number): boolean {
  const closed = dimensions.filter(({ isDynamic }) => !isDynamic);
  return dimensions.length - closed.length > 1 || product(closed) * width > maxDenseCells;
}

/** By label, how many rows lie between two of its values where rows are dense. */
export function stridesOf(dimensions: readonly Dimension[]): number[] {
  const strides = dimensions.map(() => 1);
  let stride = 1;
  for (const dynamic of [false, true]) {
    for (let index = dimensions.length - 1; index >= 0; index -= 1) {
      const dimension = dimensions[index];
      if (dimension === undefined || dimension.isDynamic !== dynamic) continue;
      strides[index] = stride;
      stride *= dimension.size;
    }
  }
  return strides;
}
