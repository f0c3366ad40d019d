import { describe, expect, it, test } from 'vitest';
import type { Board, Grade } from '../boards/board/board.ts';
import { BOARDS, boardById } from '../boards/index.ts';
import { buildGraph } from '../models/specs/builder.ts';
import { paperCnn } from '../models/specs/paper-cnn.ts';
import { predict, type PredictOptions } from './predict.ts';
import type { Interval } from './prediction.ts';

const maixduino = boardById('maixduino');
const openmv = boardById('openmv-h7-plus');

test.each(BOARDS.map((board) => [board.id, board] as const))(
  '%s: steps follow each other and fill the pulse',
  (_, board) => {
    const { steps, latencyMs } = predict(paperCnn({ filters: 5 }), board);
    steps.slice(1).forEach(({ startMs }, index) => {
      expect(startMs).toBeCloseTo(steps[index].startMs + steps[index].durationMs, 9);
    });
    const last = steps.at(-1)!;
    expect(last.startMs + last.durationMs).toBeCloseTo(latencyMs.value, 9);
  },
);

test.each(BOARDS.map((board) => [board.id, board] as const))(
  '%s: shuffled ties give the same trace',
  (_, board) => {
    const hashes = [undefined, 1, 2, 3].map((shuffleTies) => {
      const options = shuffleTies === undefined ? {} : { shuffleTies };
      return predict(paperCnn({ filters: 5 }), board, options).traceHash;
    });
    expect(new Set(hashes).size).toBe(1);
  },
);

describe('the interval', () => {
  it('holds the value, and the measured tables lie inside', () => {
    const { latencyMs, reportedMs } = predict(paperCnn({ filters: 8 }), maixduino);
    expect(latencyMs.low).toBeLessThan(latencyMs.value);
    expect(latencyMs.domain).toBe('inside');
    // Table 2 of the paper prints 2,3 ms.
    expect(reportedMs.low).toBeLessThan(2.3);
    expect(reportedMs.high).toBeGreaterThan(2.3);
  });

  it('is wider, in share, for int8, which no measurement of the board covers, and says why', () => {
    const share = (dtype: 'float32' | 'int8'): number => {
      const { value, low, high } = predict(paperCnn({ filters: 8, dtype }), openmv).latencyMs;
      return (high - low) / value;
    };
    expect(share('int8')).toBeGreaterThan(3 * share('float32'));
    expect(predict(paperCnn({ filters: 8, dtype: 'int8' }), openmv).latencyMs).toMatchObject({
      domain: 'extrapolated',
      why: 'measured in float32, not in int8',
    });
  });
});

describe('costs that no measurement saw', () => {
  const layers = ['conv 4 3x3 same', 'conv 8 3x3', 'flatten', 'dense 3'];
  const graph = buildGraph({ input: [14, 14, 4], layers });

  /** The board as if its constants were sure, the network measured, and all its rows of one grade. */
  function knownBut(board: Board, rows: readonly string[], grade: Grade): Board {
    const { calibration, ...rest } = board;
    const graded = JSON.stringify(rest).replace(/"grade":"\w+"/g, `"grade":"${grade}"`);
    const domain = { ...calibration!.domain, rows, maxMacs: 1e9 };
    const sure = { ...calibration!, parameters: [], covariance: [], residualMs: 0, domain };
    return { ...(JSON.parse(graded) as Board), calibration: sure };
  }

  function halfWidth(board: Board): number {
    const { value, high } = predict(graph, board).latencyMs;
    return high - value;
  }

  /** The time of the steps of each operator. */
  function msByOp(board: Board, ofUnit: 'core' | 'kpu'): Map<string, number> {
    const sums = new Map<string, number>();
    for (const { op, unit, durationMs } of predict(graph, board).steps)
      if (unit === ofUnit) sums.set(op, (sums.get(op) ?? 0) + durationMs);
    return sums;
  }

  const rowsOf = ({ calibration }: Board) => calibration!.domain.rows;
  const without = (board: Board, op: string) => rowsOf(board).filter((row) => !row.includes(op));

  it('leave no doubt where there are none', () => {
    expect(halfWidth(knownBut(openmv, rowsOf(openmv), 'estimated'))).toBeCloseTo(0, 12);
  });

  it.each<[Grade, number]>([
    ['measured', 0.05],
    ['estimated', 0.3],
  ])('are wrong together in all steps of a row, as far as its grade, %s, says', (grade, sigma) => {
    const convMs = msByOp(openmv, 'core').get('CONV_2D')!;
    const half = halfWidth(knownBut(openmv, without(openmv, 'CONV_2D'), grade));
    expect(half / (1.6449 * sigma * convMs)).toBeCloseTo(1, 6);
  });

  it('are wrong by themselves in different rows', () => {
    const half = halfWidth(knownBut(openmv, [], 'measured'));
    const costsMs = [...msByOp(openmv, 'core').values()];
    expect(half / (1.6449 * 0.05 * Math.hypot(...costsMs))).toBeCloseTo(1, 6);
  });

  it('count as fitted on an accelerator, whatever the grades of the core', () => {
    const kpuMs = msByOp(maixduino, 'kpu').get('K210Conv')!;
    const half = halfWidth(knownBut(maixduino, without(maixduino, 'K210Conv'), 'measured'));
    expect(half / (1.6449 * 0.12 * kpuMs)).toBeCloseTo(1, 6);
  });
});

it('the reading of the Maixduino is its pulse and the named offset', () => {
  const { latencyMs, reportedMs } = predict(paperCnn({ filters: 3 }), maixduino);
  expect(reportedMs.value - latencyMs.value).toBeCloseTo(maixduino.runtime.readingOffsetMs!.value, 12);
});

it('half the core clock doubles what the core does, and leaves the SDRAM the time that it takes', () => {
  const at = (hz: number) => {
    const { latencyMs, steps } = predict(paperCnn({ filters: 4 }), openmv, { clockHz: { core: hz } });
    const fills = steps.flatMap(({ parts }) => parts.filter(({ name }) => name === 'sdram line fills'));
    const sdramMs = fills.reduce((sum, { coreCycles }) => sum + (coreCycles / hz) * 1e3, 0);
    return { sdramMs, coreMs: latencyMs.value - sdramMs };
  };
  const [full, half] = [at(480e6), at(240e6)];
  expect(half.coreMs / full.coreMs).toBeCloseTo(2, 6);
  expect(full.sdramMs).toBeGreaterThan(0.01);
  expect(half.sdramMs).toBeCloseTo(full.sdramMs, 9);
});

describe('inside is said of the set-up that was measured alone', () => {
  const others: readonly [string, Parameters<typeof predict>[1], PredictOptions, RegExp][] = [
    ['another clock', openmv, { clockHz: { core: 216e6 } }, /clock core at 216 MHz, measured at 480 MHz/],
    ['other kernels', openmv, { kernels: 'tflm-reference-Os' }, /kernels tflm-reference-Os, measured with /],
    ['weights elsewhere', openmv, { weightsIn: 'flash' }, /weights in flash, measured in sram1/],
    ['a smaller cache', withCache(4096), {}, /data cache 4 KiB, measured with 16 KiB/],
    ['no cache', withCache(undefined), {}, /data cache none, measured with 16 KiB/],
  ];

  it.each(others)('%s is an extrapolation, with a wider interval', (_, board, options, why) => {
    const relative = ({ low, high, value }: Interval) => (high - low) / value;
    const measured = predict(paperCnn({ filters: 8 }), openmv).latencyMs;
    const other = predict(paperCnn({ filters: 8 }), board, options).latencyMs;
    expect(measured.domain).toBe('inside');
    expect(other).toMatchObject({ domain: 'extrapolated', why: expect.stringMatching(why) });
    expect(relative(other)).toBeGreaterThan(1.5 * relative(measured));
  });

  it('without its data cache the board is slower: every access waits', () => {
    const [cached, bare] = [openmv, withCache(undefined)].map(
      (board) => predict(paperCnn({ filters: 8 }), board).latencyMs.value,
    );
    expect(bare! / cached!).toBeGreaterThan(1.5);
  });
});

/** The OpenMV Cam with a data cache of so many bytes, or none. */
function withCache(bytes: number | undefined): typeof openmv {
  const units = openmv.units.map((unit) => {
    if (unit.kind !== 'core' || !unit.dataCache) return unit;
    const { dataCache, ...rest } = unit;
    return bytes === undefined ? rest : { ...rest, dataCache: { ...dataCache, bytes } };
  });
  return { ...openmv, units };
}

it('a model beyond the memory is still predicted, and does not fit', () => {
  expect(predict(paperCnn({ filters: 20_000 }), openmv).memory.fits).toBe(false);
});

it('an operator without a layer on the K210 is an error that names op, index and unit', () => {
  const graph = buildGraph({
    input: [8, 8, 1],
    layers: ['conv 4 3x3 same', 'hardswish', 'flatten', 'dense 2'],
  });
  expect(() => predict(graph, maixduino)).toThrow(/op 1 \(HARD_SWISH\)/);
});
