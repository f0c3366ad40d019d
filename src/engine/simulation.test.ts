import { expect, test } from 'vitest';
import type { ProcessBody } from './process.ts';
import { Simulation } from './simulation.ts';

test('two clocks that tick: the whole log, as in the first example of SimPy', () => {
  const simulation = new Simulation();
  const log: string[] = [];
  function* tick(name: string, tickPs: number): ProcessBody {
    for (;;) {
      log.push(`${simulation.nowPs} ${name}`);
      yield tickPs;
    }
  }
  simulation.spawn(() => tick('fast', 5));
  simulation.spawn(() => tick('slow', 10));
  simulation.run(20);
  expect(log.join('\n')).toBe(
    ['0 fast', '0 slow', '5 fast', '10 slow', '10 fast', '15 fast', '20 slow', '20 fast'].join('\n'),
  );
});
