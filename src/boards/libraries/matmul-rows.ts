import type { Terms } from '../board/board.ts';
import type { CountedKernel } from './counted-rows.ts';

const matmul = (dtype: 'float32' | 'int8', instructions: Terms): CountedKernel => ({
  op: 'BATCH_MATMUL',
  dtype,
  instructions,
});

/** Batched matrix products, Cortex-M7, GCC 12.2: formulas of `data/instruction-formulas.csv` (fitted to 12 shapes, held on 6: 2 to 3.5 %). */
export const TFLM_MATMUL: Readonly<Record<'O2' | 'O3' | 'Os', readonly CountedKernel[]>> = {
  O2: [
    matmul('float32', { macs: 6.963, outputs: 18.72, transposed: 5.39, matrices: 204.5, '1': 1006 }),
    matmul('int8', { macs: 8.97, outputs: 59.55, transposed: 5.375, matrices: 195.8, '1': 966 }),
  ],
  O3: [
    matmul('float32', { macs: 6.964, outputs: 18.7, transposed: 5.289, matrices: 146.5, '1': 984 }),
    matmul('int8', { macs: 8.981, outputs: 60.26, transposed: 3.748, matrices: 240.5, '1': 995 }),
  ],
  Os: [
    matmul('float32', { macs: 7.958, outputs: 18.77, transposed: 7.438, matrices: 207, '1': 1114 }),
    matmul('int8', { macs: 12.98, outputs: 55.87, transposed: 7.416, matrices: 201.3, '1': 1047 }),
  ],
};

/** The same in a CMSIS-NN build, whose float kernel is another compilation (held 2.5 to 6 %). */
export const CMSIS_MATMUL: typeof TFLM_MATMUL = {
  O2: [
    matmul('float32', { macs: 4.958, outputs: 13.61, transposed: 5.422, matrices: 166.4, '1': 1261 }),
    matmul('int8', { macs: 1.704, outputs: 61.85, transposed: 5.301, matrices: 291.9, '1': 1786 }),
  ],
  O3: [
    matmul('float32', { macs: 4.956, outputs: 13.76, transposed: 5.312, matrices: 118.3, '1': 1213 }),
    matmul('int8', { macs: 1.712, outputs: 61.23, transposed: 3.674, matrices: 346.1, '1': 1764 }),
  ],
  Os: [
    matmul('float32', { macs: 7.953, outputs: 18.82, transposed: 7.442, matrices: 176, '1': 1411 }),
    matmul('int8', { macs: 3.109, outputs: 50.46, transposed: 7.531, matrixRows: 105.4, '1': 1454 }),
  ],
};
