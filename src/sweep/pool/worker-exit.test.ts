import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { Lifeline } from './worker-exit.ts';

test('an answer comes through, and an error of its own', async () => {
  const life = new Lifeline();
  expect(await life.hold(Promise.resolve(3))).toBe(3);
  await expect(life.hold(Promise.reject(new Error('refused')))).rejects.toThrow('refused');
});

test('what waits ends with why it was cut, and so does what comes later', async () => {
  const life = new Lifeline();
  const waiting = life.hold(new Promise(() => undefined));
  const ended = life.end();
  life.cut(new Error('died'));
  life.cut(new Error('died again'));
  await expect(waiting).rejects.toThrow(/^died$/);
  await expect(ended).rejects.toThrow(/^died$/);
  await expect(life.hold(Promise.reject(new Error('late')))).rejects.toThrow(/^died$/);
  expect(life.isCut).toBe(true);
});

test('an answer is not kept once it is given', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const life = new Lifeline();
  const answers: WeakRef<object>[] = [];
  for (let at = 0; at < 100; at++) {
    const answer = await life.hold(Promise.resolve({ bytes: new Uint8Array(1000) }));
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
