import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CornersDiverged } from './clock-corners.ts';
import type { Command, ProcessBody } from './waiting.ts';
import { Resource } from './resource.ts';
import { Signal } from './signal.ts';
import { Simulation } from './simulation.ts';

/** What one process does after another: sleep (its number of the delay), use the resource for that long, ring, or wait. */
type Act = { readonly do: 'sleep' | 'use'; readonly delay: number } | { readonly do: 'ring' | 'wait' };

const DELAYS = 4;
const acts = fc.oneof(
  fc.record({ do: fc.constantFrom('sleep' as const, 'use' as const), delay: fc.nat(DELAYS - 1) }),
  fc.record({ do: fc.constantFrom('ring' as const, 'wait' as const) }),
);
const scripts = fc.array(fc.array(acts, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 });
const cornerDelays = fc.array(fc.nat(6), { minLength: DELAYS, maxLength: DELAYS });

/** The order in which processes did what they did, and when, under delays made by `sleep`. */
function act(
  simulation: Simulation,
  list: readonly (readonly Act[])[],
  sleep: (delay: number) => Command,
): { log: string[]; at: () => void } {
  const unit = new Resource(simulation, 'unit');
  const bell = new Signal(simulation, 'bell');
  const log: string[] = [];
  const body = function* (script: readonly Act[], name: number): ProcessBody {
    for (const [step, one] of script.entries()) {
      if (one.do === 'sleep') yield sleep(one.delay);
      else if (one.do === 'use') {
        yield unit.acquire();
        yield sleep(one.delay);
        unit.release();
      } else if (one.do === 'ring') bell.pulse();
      else yield bell;
      log.push(`${name}.${step}`);
      instants();
    }
  };
  let instants = (): void => undefined;
  list.forEach((script, name) => simulation.spawn(() => body(script, name)));
  return {
    log,
    set at(take: () => void) {
      instants = take;
    },
  };
}

function alone(list: readonly (readonly Act[])[], delays: readonly number[]) {
  const simulation = new Simulation();
  const instantsPs: number[] = [];
  const acting = act(simulation, list, (delay) => delays[delay]);
  acting.at = () => instantsPs.push(simulation.nowPs);
  simulation.run();
  return { log: acting.log, instantsPs };
}

function together(list: readonly (readonly Act[])[], delays: readonly (readonly number[])[]) {
  const simulation = new Simulation({ corners: delays.length });
  const byNumber = Array.from({ length: DELAYS }, (_, delay) => {
    const cornerDelay = simulation.cornerDelay();
    cornerDelay.spansPs.set(delays.map((corner) => corner[delay]));
    return cornerDelay;
  });
  const instantsPs: number[][] = delays.map(() => []);
  const acting = act(simulation, list, (delay) => byNumber[delay]);
  acting.at = () => instantsPs.forEach((corner, at) => corner.push(simulation.corners!.nowPs[at]));
  try {
    simulation.run();
  } catch (error) {
    if (error instanceof CornersDiverged) return undefined;
    throw error;
  }
  return { log: acting.log, instantsPs };
}

test('corners in lockstep are each what they would be alone, or say that they have diverged', () => {
  let inStep = 0;
  let diverged = 0;
  fc.assert(
    fc.property(scripts, fc.array(cornerDelays, { minLength: 2, maxLength: 3 }), (list, delays) => {
      const corners = together(list, delays);
      if (!corners) diverged++;
      else {
        inStep++;
        const single = delays.map((corner) => alone(list, corner));
        expect(single.map(({ instantsPs }) => instantsPs)).toEqual(corners.instantsPs);
        for (const { log } of single) expect(log).toEqual(corners.log);
      }
    }),
    { numRuns: 2000, seed: 1 },
  );
  expect(Math.min(inStep, diverged)).toBeGreaterThan(200);
});

const RACE: Act[][] = [[{ do: 'sleep', delay: 0 }], [{ do: 'sleep', delay: 1 }]];

test.each([
  ['one corner overtakes', [1, 2], [3, 2]],
  ['a tie of the leader alone', [2, 2], [1, 2]],
  ['a tie of another corner alone', [1, 2], [2, 2]],
])('%s: diverged', (_, leader, other) => {
  const four = (two: readonly number[]): number[] => [...two, 0, 0];
  expect(together(RACE, [four(leader), four(other)])).toBeUndefined();
  expect(together(RACE, [four(leader), four(leader)])!.log).toEqual(['0.0', '1.0']);
});

test('corners whose delays are multiples of each other stay in step', () => {
  const delays = [1, 7, 1000].map((factor) => [3, 2, 5, 0].map((span) => span * factor));
  const list: Act[][] = [
    [
      { do: 'use', delay: 0 },
      { do: 'use', delay: 2 },
    ],
    [{ do: 'use', delay: 1 }, { do: 'ring' }],
    [{ do: 'wait' }, { do: 'sleep', delay: 0 }],
  ];
  const corners = together(list, delays)!;
  // By hand: the unit is used 0 to 3, 3 to 5 and 5 to 10; the bell at 5 starts a sleep to 8.
  expect(corners.instantsPs[0]).toEqual([3, 5, 5, 5, 8, 10]);
  expect(corners.instantsPs[2]).toEqual(corners.instantsPs[0].map((ps) => 1000 * ps));
});

test('a delay of one length for all corners is one, and reset begins anew', () => {
  const simulation = new Simulation({ corners: 2 });
  const own = simulation.cornerDelay();
  own.spansPs.set([1, 5]);
  const run = (): number[] => {
    simulation.reset();
    simulation.spawn(function* (): ProcessBody {
      yield 10;
      yield own;
    });
    simulation.run();
    return [...simulation.corners!.nowPs];
  };
  expect([run(), run()]).toEqual([
    [11, 15],
    [11, 15],
  ]);
});

test('an instant beyond 2^53 ps in any corner ends the lockstep', () => {
  const simulation = new Simulation({ corners: 2 });
  const long = simulation.cornerDelay();
  long.spansPs.set([1, Number.MAX_SAFE_INTEGER]);
  simulation.spawn(function* (): ProcessBody {
    yield 1;
    yield long;
  });
  expect(() => simulation.run()).toThrow(CornersDiverged);
});

test('corners need at least one, no replay, and the option where they are asked for', () => {
  expect(() => new Simulation({ corners: 0 })).toThrow(new RangeError('corners: expected 1 or more, got 0'));
  expect(() => new Simulation({ corners: 2, replay: true })).toThrow('cannot be replayed');
  expect(() => new Simulation().cornerDelay()).toThrow('cornerDelay needs new Simulation({ corners })');
});
