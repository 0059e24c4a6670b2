import { describe, expect, it } from 'vitest';
import { analysed, pathText, type GivenSpan } from './support.js';

const producer = 4;
const consumer = 5;
const root: GivenSpan = { id: 'root', from: 0, to: 100 };
const child = (id: string, from: number, to: number, more: Partial<GivenSpan> = {}): GivenSpan => ({
  ...{ id, from, to, parent: 'root' },
  ...more,
});

describe('the critical path', () => {
  it('is the root alone where it has no children', () => {
    expect(pathText(analysed([root]))).toEqual(['root 0-100']);
  });

  it('goes through children in a row, and what is between them is their parent’s', () => {
    expect(pathText(analysed([root, child('a', 10, 40), child('b', 50, 90)]))).toEqual([
      'root 0-10',
      'a 10-40',
      'root 40-50',
      'b 50-90',
      'root 90-100',
    ]);
  });

  it('takes the last to finish of those that ran side by side', () => {
    expect(pathText(analysed([root, child('a', 10, 60), child('b', 10, 90), child('c', 20, 80)]))).toEqual([
      'root 0-10',
      'b 10-90',
      'root 90-100',
    ]);
  });

  it('goes into the children of children', () => {
    const deep = child('deep', 20, 30, { parent: 'a' });
    expect(pathText(analysed([root, child('a', 10, 100), deep]))).toEqual([
      'root 0-10',
      'a 10-20',
      'deep 20-30',
      'a 30-100',
    ]);
  });

  it('does not go through a child that still ran when the next began: nobody waited for it', () => {
    expect(pathText(analysed([root, child('a', 0, 60), child('b', 50, 100)]))).toEqual([
      'root 0-50',
      'b 50-100',
    ]);
  });

  it('forgives clocks the fraction by which two in a row overlap', () => {
    expect(pathText(analysed([root, child('a', 0, 50.5), child('b', 50, 100)]))).toEqual([
      'a 0-50',
      'b 50-100',
    ]);
  });

  it('cuts a child that ends after its parent, and shows that work went on', () => {
    const analysis = analysed([root, child('late', 80, 130)]);
    expect(pathText(analysis)).toEqual(['root 0-80', 'late 80-130']);
    expect(analysis.path.answeredAt).toBe(100e6);
  });

  it('follows what a queue handed over beyond the end of the span that did', () => {
    const spans = [
      { id: 'root', from: 0, to: 100 },
      child('send', 10, 12, { kind: producer }),
      { id: 'work', parent: 'send', from: 20, to: 95, kind: consumer },
    ];
    expect(pathText(analysed(spans))).toEqual([
      'root 0-10',
      'send 10-12',
      '- 12-20',
      'work 20-95',
      'root 95-100',
    ]);
  });

  it('does not follow a child that is no queue’s beyond the end of its parent', () => {
    const spans = [root, child('a', 10, 20), { id: 'left', parent: 'a', from: 15, to: 90 }];
    expect(pathText(analysed(spans))).toEqual(['root 0-10', 'a 10-15', 'left 15-20', 'root 20-100']);
  });

  it('goes over several roots, with nothing where none ran', () => {
    const spans = [
      { id: 'a', from: 0, to: 10 },
      { id: 'b', parent: 'lost', from: 30, to: 50 },
    ];
    expect(pathText(analysed(spans))).toEqual(['a 0-10', '- 10-30', 'b 30-50']);
  });
});

describe('self time', () => {
  it('is the interval without the union of the children’s', () => {
    const { self, trace } = analysed([root, child('a', 10, 40), child('b', 30, 60), child('c', 90, 120)]);
    const of = (name: string): number =>
      (self[trace.spans.findIndex((span) => span.name === name)] ?? 0) / 1e6;
    expect([of('root'), of('a'), of('b'), of('c')]).toEqual([40, 30, 30, 30]);
  });
});

describe('gaps', () => {
  it('are time on the path that no child of a parent has', () => {
    const { gaps, trace } = analysed([root, child('a', 0, 40), child('b', 70, 100)]);
    expect(
      gaps.map(({ span, before, behind, from, to }) => [
        trace.spans[span]?.name,
        trace.spans[before]?.name,
        trace.spans[behind]?.name,
        from / 1e6,
        to / 1e6,
      ]),
    ).toEqual([['root', 'a', 'b', 40, 70]]);
  });

  it('are not the work of a span without children', () => {
    expect(analysed([root]).gaps).toEqual([]);
  });
});

describe('waiting in queues', () => {
  it('is from the end of who sent to the start of who took', () => {
    const { waits } = analysed([
      { id: 'send', from: 0, to: 5, kind: producer },
      { id: 'work', parent: 'send', from: 45, to: 60, kind: consumer },
    ]);
    expect(waits).toMatchObject([{ from: 5e6, to: 45e6, isUpperBound: false }]);
  });

  it('is known only at most where no span says when it was sent', () => {
    const { waits } = analysed([root, child('work', 30, 60, { kind: consumer })]);
    expect(waits).toMatchObject([{ from: 0, to: 30e6, isUpperBound: true }]);
  });
});
