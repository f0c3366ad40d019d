import { expect, test } from 'vitest';
import { Interrupts } from './interrupts.ts';

function recorded(): { interrupts: Interrupts; called: number[] } {
  const interrupts = new Interrupts();
  const called: number[] = [];
  interrupts.onCall = (handler) => void called.push(handler);
  return { interrupts, called };
}

test('scheduled functions wait for the next bytecode, in their order; the ninth is lost', () => {
  const { interrupts, called } = recorded();
  for (let handler = 1; handler <= 9; handler++) interrupts.raise(handler, 'scheduled');
  expect([called, interrupts.areWaiting, interrupts.lost]).toEqual([[], true, 1]);
  interrupts.callWaiting();
  expect([called, interrupts.areWaiting]).toEqual([[1, 2, 3, 4, 5, 6, 7, 8], false]);
});

test('immediate ones run at once, but none within another, and none twice while it waits', () => {
  const { interrupts, called } = recorded();
  interrupts.onCall = (handler) => {
    called.push(handler);
    if (handler !== 1) return;
    for (const next of [2, 3, 2]) interrupts.raise(next, 'immediate');
    expect(called).toEqual([1]);
  };
  interrupts.raise(1, 'immediate');
  expect(called).toEqual([1, 2, 3]);
});

test('what comes while waiting functions run waits for the bytecode behind', () => {
  const { interrupts, called } = recorded();
  interrupts.onCall = (handler) => {
    called.push(handler);
    if (handler === 1) interrupts.raise(2, 'scheduled');
  };
  interrupts.raise(1, 'scheduled');
  interrupts.callWaiting();
  expect([called, interrupts.areWaiting]).toEqual([[1], true]);
});

test('an interrupt says whether it changed anything', () => {
  const { interrupts } = recorded();
  const within: boolean[] = [];
  interrupts.onCall = (handler) => {
    if (handler === 1) within.push(...[2, 2].map((next) => interrupts.raise(next, 'immediate')));
  };
  expect(interrupts.raise(1, 'immediate')).toBe(true);
  const scheduled = Array.from({ length: 9 }, () => interrupts.raise(3, 'scheduled'));
  expect([within, scheduled.indexOf(false)]).toEqual([[true, false], 8]);
});

test('failures are kept in their order, the same again is counted', () => {
  const { interrupts } = recorded();
  interrupts.fail('ValueError', 3);
  interrupts.fail('KeyError', 4);
  interrupts.fail('ValueError', 3);
  expect(interrupts.failures).toEqual([
    { what: 'ValueError', line: 3, times: 2 },
    { what: 'KeyError', line: 4, times: 1 },
  ]);
});
