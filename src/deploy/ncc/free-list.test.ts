import { describe, expect, it } from 'vitest';
import { Arena } from './free-list.ts';

const GROWING = { capacity: 0, grows: true, alternates: false };

describe('an arena that grows', () => {
  it('puts block after block', () => {
    const arena = new Arena(GROWING);
    expect([arena.allocate(10), arena.allocate(5)]).toEqual([
      { start: 0, end: 10 },
      { start: 10, end: 15 },
    ]);
    expect(arena.end).toBe(15);
  });

  it('grows only by what the free block at its end lacks', () => {
    const arena = new Arena(GROWING);
    arena.allocate(10);
    arena.release(arena.allocate(4)!);
    expect(arena.allocate(6)).toEqual({ start: 10, end: 16 });
    expect(arena.allocate(1)).toEqual({ start: 16, end: 17 });
  });

  it('leaves a free block that is too small and not at its end', () => {
    const arena = new Arena(GROWING);
    const first = arena.allocate(4)!;
    arena.allocate(10);
    arena.release(first);
    expect(arena.allocate(6)).toEqual({ start: 14, end: 20 });
    expect(arena.allocate(4)).toEqual(first);
  });
});

describe('a fixed arena', () => {
  it('cuts from the end, and has no answer to what does not fit', () => {
    const arena = new Arena({ capacity: 10, grows: false, alternates: false });
    expect([arena.allocate(4), arena.allocate(7), arena.allocate(6), arena.allocate(1)]).toEqual([
      { start: 6, end: 10 },
      undefined,
      { start: 0, end: 6 },
      undefined,
    ]);
  });

  it('that alternates cuts from the end, the start, the end; an exact fit is no turn', () => {
    const arena = new Arena({ capacity: 20, grows: false, alternates: true });
    const [a, b] = [arena.allocate(3), arena.allocate(3)];
    expect([a, b]).toEqual([
      { start: 17, end: 20 },
      { start: 0, end: 3 },
    ]);
    arena.release(a!);
    expect(arena.allocate(17)).toEqual({ start: 3, end: 20 });
    arena.release({ start: 3, end: 20 });
    expect(arena.allocate(5)).toEqual({ start: 15, end: 20 });
  });

  it('joins what is given back with its neighbours on both sides', () => {
    const arena = new Arena({ capacity: 9, grows: false, alternates: false });
    const [c, b, a] = [arena.allocate(3)!, arena.allocate(3)!, arena.allocate(3)!];
    [a, c, b].forEach((block) => arena.release(block));
    expect(arena.allocate(9)).toEqual({ start: 0, end: 9 });
  });

  it('takes the last free block that fits', () => {
    const arena = new Arena({ capacity: 9, grows: false, alternates: false });
    const [c, , a] = [arena.allocate(3)!, arena.allocate(3)!, arena.allocate(3)!];
    [a, c].forEach((block) => arena.release(block));
    expect([arena.allocate(2), arena.allocate(3)]).toEqual([
      { start: 7, end: 9 },
      { start: 0, end: 3 },
    ]);
  });
});
