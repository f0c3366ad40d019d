import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { ExitWatch } from './exit-watch.ts';

test('an answer comes through, and an error of its own', async () => {
  const exit = new ExitWatch();
  expect(await exit.hold(Promise.resolve(3))).toBe(3);
  await expect(exit.hold(Promise.reject(new Error('refused')))).rejects.toThrow('refused');
});

test('what waits ends with why it was cut, and so does what comes later', async () => {
  const exit = new ExitWatch();
  const waiting = exit.hold(new Promise(() => undefined));
  const ended = exit.end();
  exit.endWith(new Error('died'));
  exit.endWith(new Error('died again'));
  await expect(waiting).rejects.toThrow(/^died$/);
  await expect(ended).rejects.toThrow(/^died$/);
  await expect(exit.hold(Promise.reject(new Error('late')))).rejects.toThrow(/^died$/);
  expect(exit.hasEnded).toBe(true);
});

test('an answer is not kept once it is given', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const exit = new ExitWatch();
  const answers: WeakRef<object>[] = [];
  for (let at = 0; at < 100; at++) {
    const answer = await exit.hold(Promise.resolve({ bytes: new Uint8Array(1000) }));
    answers.push(new WeakRef(answer));
  }
  const kept = () => answers.filter((answer) => answer.deref() !== undefined).length;
  await expect
    .poll(() => {
      collect();
      return kept();
    })
    .toBeLessThan(5);
});
