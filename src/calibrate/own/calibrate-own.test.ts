import { expect, test } from 'vitest';
import '../../kernels/index.ts';
import { withPriors } from '../../boards/board/calibrated.ts';
import { openmvH7Plus } from '../../boards/index.ts';
import { deploy } from '../../deploy/index.ts';
import { modelFromSpec } from '../../files/load-model.ts';
import { seededWords } from '../../seeded-random.ts';
import { simulatedMs } from '../../simulate/pulse.ts';
import { boardAt, calibrateOwn, type OwnObservation } from './calibrate-own.ts';
import { freeParameters, type FreeParameter } from './own-parameters.ts';

const board = withPriors(openmvH7Plus);

function msOf(spec: string) {
  const program = deploy(modelFromSpec(spec)!, board, { kernels: 'tflm-reference' });
  return (other: typeof board) => simulatedMs(program, other);
}

const NETWORKS = Array.from({ length: 12 }, (_, index) => `paper:${index + 1}`);

/** Times on the board with its constants e to `logs` times what they are, and noise of 2 %. */
function measured(
  logs: readonly number[],
  parameters: readonly FreeParameter[],
  seed: number,
): OwnObservation[] {
  const word = seededWords(seed);
  const uniform = () => word() / 2 ** 32 - 0.5;
  const real = boardAt(board, parameters, logs);
  return NETWORKS.map((spec, index) => {
    const msOn = msOf(spec);
    const noise = 1 + 0.02 * 2 * (uniform() + uniform() + uniform());
    return { line: index + 2, latencyMs: msOn(real) * noise, msOn };
  });
}

test('a constant that the rows tell is found within 5 %, and one that they do not is named', () => {
  const parameters = freeParameters(board, ['cpiFloat32', 'cpiCmsisNn']);
  const rows = measured([Math.log(1.2), Math.log(1.3)], parameters, 7);
  const found = calibrateOwn(board, parameters, rows, []);
  expect(Math.abs(found.parameters[0].after / (1.2 * found.parameters[0].before) - 1)).toBeLessThan(0.05);
  expect(found.undetermined).toEqual(['units.core.constants.cpiCmsisNn']);
});

test('one row is enough to move a constant', () => {
  const parameters = freeParameters(board, ['cpiFloat32']);
  const [row] = measured([Math.log(1.2)], parameters, 3).slice(-1);
  const { parameters: after } = calibrateOwn(board, parameters, [row], []);
  expect(after[0].after / after[0].before).toBeGreaterThan(1.1);
});

test('a row that contradicts all others is named by its line and left out', () => {
  const parameters = freeParameters(board, ['cpiFloat32']);
  const rows = measured([0], parameters, 5).map((row, index) =>
    index === 4 ? { ...row, latencyMs: 3 * row.latencyMs } : row,
  );
  const { outliers, parameters: after } = calibrateOwn(board, parameters, rows, []);
  expect(outliers.map(({ line }) => line)).toEqual([6]);
  expect(Math.abs(after[0].after / after[0].before - 1)).toBeLessThan(0.05);
});

test('at most a quarter of the rows are outliers: where more contradict each other, none is right', () => {
  const parameters = freeParameters(board, ['cpiFloat32']);
  const factors = new Map([3, 0.3, 5, 0.2, 8].map((factor, index) => [2 * index, factor]));
  const rows = measured([0], parameters, 5).map((row, index) => ({
    ...row,
    latencyMs: (factors.get(index) ?? 1) * row.latencyMs,
  }));
  expect(calibrateOwn(board, parameters, rows, []).outliers).toHaveLength(rows.length / 4);
});

test('to measure next is the network whose time the fit knows least', () => {
  const parameters = freeParameters(board, ['cpiFloat32']);
  const candidates = [
    { name: 'a fixed time', msOn: () => 1 },
    { name: 'all instructions', msOn: msOf('paper:12') },
  ];
  const [row] = measured([0], parameters, 1);
  const doubtful = [{ ...row, msOn: () => row.latencyMs }];
  expect(calibrateOwn(board, parameters, doubtful, candidates).measureNext).toBe('all instructions');
  expect(calibrateOwn(board, parameters, measured([0], parameters, 1), candidates).measureNext).toBeNull();
});

test('a constant that the board has not is refused by its name', () => {
  expect(() => freeParameters(board, ['speedOfLight'])).toThrow('has no constant "speedOfLight"; there are');
});
