import { describe, expect, it } from 'vitest';
import { withSettings } from '../../boards/settings/all-settings.ts';
import { buildGraph } from '../../files/spec-graphs.ts';
import { predictWithFacts } from '../../simulate/predict-with-facts.ts';
import { resnet8 } from '../population/network-specs.ts';
import { anyBoardById } from './known-boards.ts';

const board = anyBoardById('xg24-dk2601b');
const absent = withSettings(board, { mvp: 'absent' });
const network = buildGraph({ ...resnet8(), dtype: 'int8' }, 'resnet8');
const float = buildGraph({ ...resnet8(), dtype: 'float32' }, 'resnet8');

describe('a network on a board whose accelerator runs programs', () => {
  const { latencyMs, status, engine, steps, placement } = predictWithFacts(network, board);

  it('takes what an official runner measured, within 5 %, and says what it was fitted to', () => {
    // mlperf1.0-silicon_labs-silicon_labs_xG24_DK2601B-ic, which no rate was fitted to.
    expect(Math.abs(latencyMs.value / 120.934 - 1)).toBeLessThan(0.05);
    expect([status, engine]).toEqual(['new-network', expect.stringMatching(/^mvp@/)]);
    expect(latencyMs.high / latencyMs.value).toBeGreaterThanOrEqual(1.25);
  });

  it('tells for each operator where it runs and why', () => {
    const said = new Map(placement.map(({ op, unit, reason }) => [op, `${unit}: ${reason}`]));
    expect(said.get('ADD')).toBe('mvp: mvp has a kernel for it, in 2 programs');
    expect(said.get('SOFTMAX')).toBe('core: the core runs it, not mvp: the library has no kernel for it');
  });

  it('tells cycles of accelerator and core apart, which the logs of the same layer count too', () => {
    // mltk-tinyml-ic-op000: 583,400 cycles of the accelerator, 30,600 of the core.
    const { acceleratorCycles, coreCycles, programs } = steps[1]!.facts!.offload!;
    expect(programs).toBe(11);
    expect(Math.abs(acceleratorCycles / 583_400 - 1)).toBeLessThan(0.03);
    expect(Math.abs(coreCycles / 30_600 - 1)).toBeLessThan(0.03);
    expect(steps.find(({ op }) => op === 'SOFTMAX')!.facts!.offload).toBeUndefined();
  });

  it('has steps that end where the call does', () => {
    const last = steps.at(-1)!;
    expect(last.startMs + last.durationMs).toBeCloseTo(latencyMs.value, 6);
  });
});

describe('mvp=absent', () => {
  const without = predictWithFacts(network, absent);

  it('prices the kernels of the core: slower, by the rows of those', () => {
    expect(without.latencyMs.value).toBeGreaterThan(3 * predictWithFacts(network, board).latencyMs.value);
    expect(without.engine).toMatch(/^cmsis-nn@/);
    expect([...new Set(without.steps.map(({ unit }) => unit))]).toEqual(['core']);
    expect(without.placement[0]!.reason).toBe('the board has no accelerator; the core runs every operator');
  });

  it('follows the clock of the core as the board with it does', () => {
    const ratio = (one: typeof board) =>
      predictWithFacts(network, one, { clockHz: { core: 39e6 } }).latencyMs.value /
      predictWithFacts(network, one).latencyMs.value;
    expect(ratio(board)).toBeCloseTo(2, 2);
    expect(ratio(absent)).toBeGreaterThan(1.9);
    expect(ratio(absent)).toBeLessThanOrEqual(2);
  });

  it('changes nothing for a float network, of which the accelerator takes no operator', () => {
    expect(predictWithFacts(float, absent).latencyMs.value).toBe(
      predictWithFacts(float, board).latencyMs.value,
    );
  });
});

describe('an engine that is asked for by name', () => {
  const named = predictWithFacts(network, board, { engine: 'cmsis-nn' });

  it('runs on the core, as with mvp=absent: it has no programs for the accelerator', () => {
    expect([...new Set(named.steps.map(({ unit }) => unit))]).toEqual(['core']);
    const { latencyMs, steps } = predictWithFacts(network, absent);
    expect([named.latencyMs, named.steps]).toEqual([latencyMs, steps]);
  });

  it('is the accelerator where it has its name', () => {
    expect(predictWithFacts(network, board, { engine: 'mvp' }).latencyMs).toEqual(
      predictWithFacts(network, board).latencyMs,
    );
  });
});
