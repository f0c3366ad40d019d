import { describe, expect, test } from 'vitest';
import { ESTIMATED_TYPES } from '../../kernels/definition/tflm.ts';
import { OPS } from '../../kernels/index.ts';
import type { CostRow } from '../board/board.ts';
import { CMSIS_NN_M7_O2 } from './cmsis-nn/cmsis-nn-m7.ts';
import { countedRows, renamedRows } from './counted-rows.ts';
import { estimatedKernels } from './estimated-rows.ts';
import { loadAllRows } from './load-all-rows.ts';
import { OPENMV_LIBTF_M7 } from './openmv-libtf/openmv-libtf-m7.ts';
import { TFLM_REFERENCE_M7_O2 } from './tflm-reference/tflm-reference-m7.ts';

loadAllRows();

const LIBRARIES = [OPENMV_LIBTF_M7, TFLM_REFERENCE_M7_O2, CMSIS_NN_M7_O2];
const rowsOf = (costs: readonly CostRow[], op: string, dtype: string) =>
  costs.filter((row) => row.op === op && row.dtype === dtype);

describe.each(LIBRARIES.map((library) => [library.id, library] as const))('%s', (id, { costs }) => {
  test('each row carries the name of its library, a CPI and a source', () => {
    expect(costs.filter((row) => row.kernels !== id || row.cpi === undefined || row.source === '')).toEqual(
      [],
    );
  });

  test('float32 rows have the CPI of float32 code, int8 rows that of integer code', () => {
    const cpis = (dtype: string) => new Set(costs.filter((row) => row.dtype === dtype).map((row) => row.cpi));
    expect([...cpis('float32')].every((cpi) => cpi!.startsWith('cpiFloat32'))).toBe(true);
    expect([...cpis('int8')].every((cpi) => !cpi!.startsWith('cpiFloat32'))).toBe(true);
  });

  test('what an operator estimates of itself is the last row for it, and says that it is an estimate', () => {
    for (const { type, estimates = {} } of Object.values(OPS)) {
      for (const dtype of ESTIMATED_TYPES) {
        const estimate = estimates[dtype];
        if (!estimate) continue;
        const row = rowsOf(costs, type, dtype).at(-1);
        expect([type, dtype, row?.instructions, row?.grade]).toEqual([
          type,
          dtype,
          estimate.instructions,
          'estimated',
        ]);
        expect(row!.source).toContain(`not counted; estimated by likeness to ${estimate.likeness}`);
      }
    }
  });
});

test('there are estimates of each type, and no operator has two of one', () => {
  const names = estimatedKernels().map(({ op, dtype }) => `${op} ${dtype}`);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(estimatedKernels().map(({ dtype }) => dtype))).toEqual(new Set(ESTIMATED_TYPES));
});

test('CMSIS-NN takes the float kernels of the reference, and says so', () => {
  const [own] = rowsOf(CMSIS_NN_M7_O2.costs, 'CONV_2D', 'float32');
  const [reference] = rowsOf(TFLM_REFERENCE_M7_O2.costs, 'CONV_2D', 'float32');
  expect(own.instructions).toBe(reference.instructions);
  expect(own.source).toBe(
    `CMSIS-NN has no such kernel, TFLite Micro takes its reference; ${reference.source}`,
  );
});

describe('rows of a build', () => {
  const stream = (name: 'input' | 'output') => [
    { operand: name, access: 'read' as const, bytes: {}, passes: {} },
  ];
  const build = {
    ...{ kernels: 'toy', source: 'counted', cpi: { float32: 'slow', int8: 'quick' } },
    streams: { 'ADD:int8': stream('input'), ADD: stream('output'), walked: stream('input') },
  };
  const one = { op: 'ADD', dtype: 'float32', instructions: { '1': 7 } } as const;

  test('take source, CPI and streams of the build, and are fitted, unless they have their own', () => {
    expect(countedRows(build, [one])).toEqual([
      { ...one, kernels: 'toy', cpi: 'slow', source: 'counted', grade: 'fitted', streams: stream('output') },
    ]);
    const own = { ...one, cpi: 'mine', source: 'read', grade: 'estimated', walk: 'walked' } as const;
    expect(countedRows(build, [own])).toEqual([
      { ...one, kernels: 'toy', cpi: 'mine', source: 'read', grade: 'estimated', streams: stream('input') },
    ]);
  });

  test('walk memory as the build says for the type, else for the operator, else once over each operand', () => {
    const streams = (kernel: object) => countedRows(build, [{ ...one, ...kernel }])[0].streams!;
    expect(streams({ dtype: 'int8' })).toEqual(stream('input'));
    expect(streams({ dtype: 'any' })).toEqual(stream('output'));
    expect(streams({ op: 'MUL' }).map(({ operand }) => operand)).toEqual(
      expect.arrayContaining(['input', 'output']),
    );
  });

  test('integers and bytes run at the CPI of integers', () => {
    expect(
      ['int8', 'any', 'float32'].map((dtype) => countedRows(build, [{ ...one, dtype } as never])[0].cpi),
    ).toEqual(['quick', 'quick', 'slow']);
  });

  test('renamed, they keep all but the name and say why', () => {
    const rows = countedRows(build, [one]);
    expect(renamedRows(rows, 'other', 'taken over')).toEqual([
      { ...rows[0], kernels: 'other', source: 'taken over; counted' },
    ]);
  });
});
