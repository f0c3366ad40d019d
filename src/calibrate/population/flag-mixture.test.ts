import { expect, test } from 'vitest';
import type { Identity } from '../measurements/row-identity.ts';
import { predictByFlags, type Built } from './flag-mixture.ts';
import { PopulationFit, type MeasuredFitRow } from './population-fit.ts';

const ROW_SIGMA = 0.02;
const FLAG = { name: 'flag', spread: 0.8, weights: [Math.log(4), Math.log(1.1)] };
const identity = (core: string): Identity => ({
  ...{ board: 'b', family: 'f', core, engine: 'e', version: 'v', variant: '', dtype: 'int8' },
});

/** Convolutions that take four times the instructions at -Os, and dense layers that take a tenth more. */
const run = (conv: number, dense: number, core = 'rv32', flagLogs = FLAG.weights) => ({
  ...{ identity: identity(core), instructions: [conv, dense], flagLogs },
  effects: [
    { name: `core ${core}`, spread: 0.6 },
    { ...FLAG, weights: flagLogs },
  ],
});

type CountedRun = ReturnType<typeof run>;

/** A row at one of the flags: place -1/2 is -O2, 1/2 is -Os. */
function rowAt(counted: CountedRun, place: number, cyclesAnInstruction: number): Built & MeasuredFitRow {
  const instructions = counted.instructions.reduce(
    (sum, count, of) => sum + count * Math.exp(place * counted.flagLogs[of]),
    0,
  );
  return { ...counted, logCycles: Math.log(instructions * cyclesAnInstruction) };
}

const ask = (counted: CountedRun, built: readonly (Built & MeasuredFitRow)[]) =>
  predictByFlags(new PopulationFit(built, ROW_SIGMA), counted, FLAG, built, ROW_SIGMA);

test('a flag is told by rows that it moves unlike each other, for another core too', () => {
  // 5 cycles an instruction at -O2, or 1.2 and 4.5 at -Os: a core can do both.
  const built = [rowAt(run(1000, 0), -1 / 2, 5), rowAt(run(0, 1000), -1 / 2, 5)];
  const elsewhere = run(1000, 0, 'other');
  const { mean } = ask(elsewhere, built);
  expect(Math.exp(mean - rowAt(elsewhere, -1 / 2, 1).logCycles)).toBeCloseTo(1, 1);
});

test('a flag under which a core had run more instructions than it had cycles is ruled out', () => {
  // 1.2 cycles an instruction at -O2; at -Os it were 0.3.
  const built = [rowAt(run(1000, 0), -1 / 2, 1.2)];
  const dense = run(0, 1000);
  const { mean, sigma } = ask(dense, built);
  expect(Math.exp(mean - rowAt(dense, -1 / 2, 1.2).logCycles)).toBeCloseTo(1, 1);
  expect(sigma).toBeLessThan(0.2);
});

test('a core that starts two instructions a cycle may have run twice as many', () => {
  const widths = ['rv32', 'cortex-m7'].map((core) => {
    const flagLogs = [Math.log(2), 0];
    const built = [rowAt(run(1000, 0, core, flagLogs), -1 / 2, 1)];
    return ask(run(0, 1000, core, flagLogs), built).sigma;
  });
  expect(widths[1]).toBeGreaterThan(2 * widths[0]);
});

test('where no row tells the flag, both are as likely and the interval spans them', () => {
  const conv = run(1000, 0);
  const [fast, small] = [-1 / 2, 1 / 2].map((place) => rowAt(conv, place, 1).logCycles);
  const { mean, sigma } = ask(conv, []);
  expect(mean).toBeCloseTo((fast + small) / 2, 2);
  expect(sigma).toBeGreaterThan((small - fast) / 2);
});

test('flags that move nothing by more than counts are off are left to the fit', () => {
  const near = [Math.log(1.1), Math.log(1.1)];
  const built = [rowAt(run(1000, 10, 'rv32', near), -1 / 2, 1.4)];
  const fit = new PopulationFit(built, ROW_SIGMA);
  const asked = run(400, 30, 'rv32', near);
  expect(predictByFlags(fit, asked, FLAG, built, ROW_SIGMA)).toEqual(fit.predict(asked));
});
