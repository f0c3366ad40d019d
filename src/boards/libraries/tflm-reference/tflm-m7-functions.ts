import type { CountedKernel } from '../counted-rows.ts';

// Instructions of TensorFlow Lite Micro's reference kernels that compute element by element, reduce or normalise rows,
// Cortex-M7, called through their operators and fitted to data/instruction-counts-2.csv. Compared with it by
// `function-rows.test.ts`.

const AS_MAXIMUM = 'not counted with a broadcast; as MAXIMUM, which is the same loop';

/** The MINIMUM of floats that broadcasts. */
const asMaximum = (instructions: NonNullable<CountedKernel['instructions']>): CountedKernel => ({
  ...{ op: 'MINIMUM', dtype: 'float32', instructions },
  ...{ grade: 'estimated', source: AS_MAXIMUM },
});

/** Float functions that are counted alike at -O2 and -O3. */
const CURVES: readonly CountedKernel[] = [
  { op: 'HARD_SWISH', dtype: 'float32', instructions: { elements: 13.64, '1': 171.3 } },
  { op: 'LOGISTIC', dtype: 'float32', instructions: { elements: 52, '1': 183 } },
  { op: 'TANH', dtype: 'float32', instructions: { elements: 111.7, '1': 214.7 } },
];

/** GCC 12.2 -O2. */
const FUNCTIONS_O2: readonly CountedKernel[] = [
  { op: 'SUB', dtype: 'float32', when: { broadcastRows: 0 }, instructions: { elements: 14, '1': 336 } },
  { op: 'SUB', dtype: 'float32', instructions: { elements: 15, broadcastRows: 48, '1': 654 } },
  { op: 'MUL', dtype: 'float32', when: { broadcastRows: 0 }, instructions: { elements: 14, '1': 578 } },
  { op: 'MUL', dtype: 'float32', instructions: { elements: 12.27, broadcastRows: 53.72, '1': 911.3 } },
  { op: 'MAXIMUM', dtype: 'float32', when: { broadcastRows: 0 }, instructions: { elements: 11, '1': 383 } },
  { op: 'MAXIMUM', dtype: 'float32', instructions: { elements: 11, broadcastRows: 45, '1': 676 } },
  { op: 'MINIMUM', dtype: 'float32', when: { broadcastRows: 0 }, instructions: { elements: 12, '1': 383 } },
  asMaximum({ elements: 11, broadcastRows: 45, '1': 676 }),
  { op: 'RELU', dtype: 'float32', instructions: { elements: 9, '1': 186 } },
  { op: 'RELU6', dtype: 'float32', instructions: { elements: 11.5, '1': 188.2 } },
  { op: 'LEAKY_RELU', dtype: 'float32', instructions: { elements: 9, '1': 184 } },
  ...CURVES,
  { op: 'PRELU', dtype: 'float32', instructions: { elements: 10.99, broadcastRows: 17.22, '1': 667.8 } },
  {
    op: 'MEAN',
    dtype: 'float32',
    when: { pooledElements: { min: 1 } },
    instructions: { inputElements: 6.423, outputs: 32.08, '1': 449.3 },
  },
  { op: 'MEAN', dtype: 'float32', instructions: { inputElements: 142.4 } },
  {
    op: 'SUM',
    dtype: 'float32',
    instructions: { inputElements: 143, outputs: 1.333, innerRows: 11.28, '1': 442.9 },
  },
  {
    op: 'REDUCE_MAX',
    dtype: 'float32',
    instructions: { inputElements: 144, outputs: 2.114, innerRows: 11.11, '1': 414.5 },
  },
  { op: 'ARG_MAX', dtype: 'float32', instructions: { inputElements: 11, outputs: 18, '1': 220 } },
  { op: 'LOG_SOFTMAX', dtype: 'float32', instructions: { elements: 54, rows: 53, '1': 182 } },
  { op: 'SUB', dtype: 'int8', when: { broadcastRows: 0 }, instructions: { elements: 113 } },
  { op: 'SUB', dtype: 'int8', instructions: { elements: 113.3, broadcastRows: 52.62, '1': 1249 } },
  { op: 'MUL', dtype: 'int8', when: { broadcastRows: 0 }, instructions: { elements: 59.04, '1': 504.2 } },
  { op: 'MUL', dtype: 'int8', instructions: { elements: 59.29, broadcastRows: 50.2, '1': 925.2 } },
  { op: 'MAXIMUM', dtype: 'int8', when: { broadcastRows: 0 }, instructions: { elements: 10, '1': 384 } },
  { op: 'MAXIMUM', dtype: 'int8', instructions: { elements: 10, broadcastRows: 46, '1': 670 } },
  { op: 'MINIMUM', dtype: 'int8', when: { broadcastRows: 0 }, instructions: { elements: 10, '1': 384 } },
  {
    op: 'MINIMUM',
    dtype: 'int8',
    instructions: { elements: 10, broadcastRows: 46, '1': 670 },
    grade: 'estimated',
    source: AS_MAXIMUM,
  },
  { op: 'RELU', dtype: 'int8', instructions: { elements: 54.96, '1': 94.26 } },
  { op: 'RELU6', dtype: 'int8', instructions: { elements: 13.83, '1': 196.7 } },
  { op: 'LEAKY_RELU', dtype: 'int8', instructions: { elements: 58.75, '1': 230.3 } },
  { op: 'HARD_SWISH', dtype: 'int8', instructions: { elements: 104.5, '1': 206.2 } },
  { op: 'LOGISTIC', dtype: 'int8', instructions: { elements: 450 } },
  { op: 'TANH', dtype: 'int8', instructions: { elements: 463.3, '1': 192.6 } },
  { op: 'PRELU', dtype: 'int8', instructions: { elements: 55.6, broadcastRows: 54.35, '1': 670 } },
  { op: 'MEAN', dtype: 'int8', instructions: { inputElements: 129.5, outputs: 21.53, innerRows: 4.798 } },
  {
    op: 'SUM',
    dtype: 'int8',
    instructions: { inputElements: 129, outputs: 51.34, innerRows: 11.24, '1': 855 },
  },
  { op: 'REDUCE_MAX', dtype: 'int8', instructions: { inputElements: 142, innerRows: 11.26, '1': 467.9 } },
  { op: 'ARG_MAX', dtype: 'int8', instructions: { inputElements: 10, outputs: 16, '1': 222 } },
  { op: 'LOG_SOFTMAX', dtype: 'int8', instructions: { elements: 346.4, rows: 562.2, '1': 211.1 } },
];

/** GCC 12.2 -O3. */
const FUNCTIONS_O3: readonly CountedKernel[] = [
  { op: 'SUB', dtype: 'float32', when: { broadcastRows: 0 }, instructions: { elements: 13, '1': 338 } },
  { op: 'SUB', dtype: 'float32', instructions: { elements: 15, broadcastRows: 44, '1': 605 } },
  { op: 'MUL', dtype: 'float32', when: { broadcastRows: 0 }, instructions: { elements: 14, '1': 471 } },
  { op: 'MUL', dtype: 'float32', instructions: { elements: 12.28, broadcastRows: 53.71, '1': 698 } },
  { op: 'MAXIMUM', dtype: 'float32', when: { broadcastRows: 0 }, instructions: { elements: 9, '1': 366 } },
  { op: 'MAXIMUM', dtype: 'float32', instructions: { elements: 11, broadcastRows: 46, '1': 624 } },
  { op: 'MINIMUM', dtype: 'float32', when: { broadcastRows: 0 }, instructions: { elements: 8, '1': 366 } },
  asMaximum({ elements: 11, broadcastRows: 46, '1': 624 }),
  { op: 'RELU', dtype: 'float32', instructions: { elements: 9, '1': 186 } },
  { op: 'RELU6', dtype: 'float32', instructions: { elements: 11.5, '1': 188.2 } },
  { op: 'LEAKY_RELU', dtype: 'float32', instructions: { elements: 8.5, '1': 180.3 } },
  ...CURVES,
  { op: 'PRELU', dtype: 'float32', instructions: { elements: 8.993, broadcastRows: 13.06, '1': 593.6 } },
  {
    op: 'MEAN',
    dtype: 'float32',
    when: { pooledElements: { min: 1 } },
    instructions: { inputElements: 6.424, outputs: 30.02, '1': 404.7 },
  },
  { op: 'MEAN', dtype: 'float32', instructions: { inputElements: 148.5, innerRows: 0.9276 } },
  {
    op: 'SUM',
    dtype: 'float32',
    instructions: { inputElements: 145, outputs: 1.333, innerRows: 11.28, '1': 443.9 },
  },
  {
    op: 'REDUCE_MAX',
    dtype: 'float32',
    instructions: { inputElements: 150, outputs: 2.114, innerRows: 11.11, '1': 415.5 },
  },
  { op: 'ARG_MAX', dtype: 'float32', instructions: { inputElements: 11, outputs: 11, '1': 213 } },
  { op: 'LOG_SOFTMAX', dtype: 'float32', instructions: { elements: 54, rows: 53, '1': 184 } },
  { op: 'SUB', dtype: 'int8', when: { broadcastRows: 0 }, instructions: { elements: 113 } },
  { op: 'SUB', dtype: 'int8', instructions: { elements: 113.3, broadcastRows: 52.62, '1': 1198 } },
  { op: 'MUL', dtype: 'int8', when: { broadcastRows: 0 }, instructions: { elements: 59.04, '1': 489.2 } },
  { op: 'MUL', dtype: 'int8', instructions: { elements: 59.29, broadcastRows: 50.22, '1': 851 } },
  { op: 'MAXIMUM', dtype: 'int8', when: { broadcastRows: 0 }, instructions: { elements: 8, '1': 362 } },
  { op: 'MAXIMUM', dtype: 'int8', instructions: { elements: 10, broadcastRows: 46, '1': 615 } },
  { op: 'MINIMUM', dtype: 'int8', when: { broadcastRows: 0 }, instructions: { elements: 8, '1': 362 } },
  {
    op: 'MINIMUM',
    dtype: 'int8',
    instructions: { elements: 10, broadcastRows: 46, '1': 615 },
    grade: 'estimated',
    source: AS_MAXIMUM,
  },
  { op: 'RELU', dtype: 'int8', instructions: { elements: 54.96, '1': 94.26 } },
  { op: 'RELU6', dtype: 'int8', instructions: { elements: 11.87, '1': 192.5 } },
  { op: 'LEAKY_RELU', dtype: 'int8', instructions: { elements: 58.87, '1': 215.6 } },
  { op: 'HARD_SWISH', dtype: 'int8', instructions: { elements: 104.5, '1': 206.2 } },
  { op: 'LOGISTIC', dtype: 'int8', instructions: { elements: 428.6, '1': 26.58 } },
  { op: 'TANH', dtype: 'int8', instructions: { elements: 441.8, '1': 172.2 } },
  { op: 'PRELU', dtype: 'int8', instructions: { elements: 55.6, broadcastRows: 53.35, '1': 646.1 } },
  { op: 'MEAN', dtype: 'int8', instructions: { inputElements: 142, outputs: 32.68, innerRows: 4.85 } },
  {
    op: 'SUM',
    dtype: 'int8',
    instructions: { inputElements: 141, outputs: 51.34, innerRows: 11.24, '1': 855 },
  },
  { op: 'REDUCE_MAX', dtype: 'int8', instructions: { inputElements: 144, innerRows: 11.26, '1': 463.9 } },
  { op: 'ARG_MAX', dtype: 'int8', instructions: { inputElements: 10, outputs: 15, '1': 213 } },
  { op: 'LOG_SOFTMAX', dtype: 'int8', instructions: { elements: 360.6, rows: 536.2, '1': 218.9 } },
];

/** GCC 12.2 -Os. */
const FUNCTIONS_OS: readonly CountedKernel[] = [
  { op: 'SUB', dtype: 'float32', when: { broadcastRows: 0 }, instructions: { elements: 15, '1': 378 } },
  { op: 'SUB', dtype: 'float32', instructions: { elements: 20, broadcastRows: 47, '1': 655 } },
  { op: 'MUL', dtype: 'float32', when: { broadcastRows: 0 }, instructions: { elements: 15, '1': 625 } },
  { op: 'MUL', dtype: 'float32', instructions: { elements: 18.98, broadcastRows: 48.4, '1': 1039 } },
  { op: 'MAXIMUM', dtype: 'float32', when: { broadcastRows: 0 }, instructions: { elements: 12, '1': 437 } },
  { op: 'MAXIMUM', dtype: 'float32', instructions: { elements: 12, broadcastRows: 43, '1': 690 } },
  { op: 'MINIMUM', dtype: 'float32', when: { broadcastRows: 0 }, instructions: { elements: 13, '1': 437 } },
  asMaximum({ elements: 12, broadcastRows: 43, '1': 690 }),
  { op: 'RELU', dtype: 'float32', instructions: { elements: 10, '1': 200 } },
  { op: 'RELU6', dtype: 'float32', instructions: { elements: 13, '1': 201 } },
  { op: 'LEAKY_RELU', dtype: 'float32', instructions: { elements: 10, '1': 196 } },
  { op: 'HARD_SWISH', dtype: 'float32', instructions: { elements: 14.76, '1': 183.9 } },
  { op: 'LOGISTIC', dtype: 'float32', instructions: { elements: 52, '1': 191 } },
  { op: 'TANH', dtype: 'float32', instructions: { elements: 112.7, '1': 227.7 } },
  { op: 'PRELU', dtype: 'float32', instructions: { elements: 15.99, broadcastRows: 21.23, '1': 710.4 } },
  {
    op: 'MEAN',
    dtype: 'float32',
    when: { pooledElements: { min: 1 } },
    instructions: { inputElements: 6.574, outputs: 39.76, '1': 520.9 },
  },
  { op: 'MEAN', dtype: 'float32', instructions: { inputElements: 168.7 } },
  {
    op: 'SUM',
    dtype: 'float32',
    instructions: { inputElements: 173, outputs: 3.598, innerRows: 12.31, '1': 476.5 },
  },
  {
    op: 'REDUCE_MAX',
    dtype: 'float32',
    instructions: { inputElements: 176, outputs: 3.034, innerRows: 12.12, '1': 479.8 },
  },
  { op: 'ARG_MAX', dtype: 'float32', instructions: { inputElements: 13, outputs: 19, '1': 217 } },
  { op: 'LOG_SOFTMAX', dtype: 'float32', instructions: { elements: 67, rows: 61, '1': 191 } },
  { op: 'SUB', dtype: 'int8', when: { broadcastRows: 0 }, instructions: { elements: 110.2 } },
  { op: 'SUB', dtype: 'int8', instructions: { elements: 114.1, broadcastRows: 38.65, '1': 1578 } },
  { op: 'MUL', dtype: 'int8', when: { broadcastRows: 0 }, instructions: { elements: 53.58, '1': 466.4 } },
  { op: 'MUL', dtype: 'int8', instructions: { elements: 60.38, broadcastRows: 46.39, '1': 1079 } },
  { op: 'MAXIMUM', dtype: 'int8', when: { broadcastRows: 0 }, instructions: { elements: 12, '1': 438 } },
  { op: 'MAXIMUM', dtype: 'int8', instructions: { elements: 12, broadcastRows: 45, '1': 688 } },
  { op: 'MINIMUM', dtype: 'int8', when: { broadcastRows: 0 }, instructions: { elements: 12, '1': 438 } },
  {
    op: 'MINIMUM',
    dtype: 'int8',
    instructions: { elements: 12, broadcastRows: 45, '1': 688 },
    grade: 'estimated',
    source: AS_MAXIMUM,
  },
  { op: 'RELU', dtype: 'int8', instructions: { elements: 49.43, '1': 42.42 } },
  { op: 'RELU6', dtype: 'int8', instructions: { elements: 10.96, '1': 194.2 } },
  { op: 'LEAKY_RELU', dtype: 'int8', instructions: { elements: 49.75, '1': 236.2 } },
  { op: 'HARD_SWISH', dtype: 'int8', instructions: { elements: 107.9, '1': 215.2 } },
  { op: 'LOGISTIC', dtype: 'int8', instructions: { elements: 710.5 } },
  { op: 'TANH', dtype: 'int8', instructions: { elements: 718.7, '1': 269.6 } },
  { op: 'PRELU', dtype: 'int8', instructions: { elements: 62.07, broadcastRows: 40.29, '1': 610.5 } },
  { op: 'MEAN', dtype: 'int8', instructions: { inputElements: 169.6, innerRows: 6.24 } },
  {
    op: 'SUM',
    dtype: 'int8',
    instructions: { inputElements: 170, outputs: 47.56, innerRows: 12.26, '1': 881.9 },
  },
  { op: 'REDUCE_MAX', dtype: 'int8', instructions: { inputElements: 176, innerRows: 12.29, '1': 486.7 } },
  { op: 'ARG_MAX', dtype: 'int8', instructions: { inputElements: 10, outputs: 24, '1': 216 } },
  { op: 'LOG_SOFTMAX', dtype: 'int8', instructions: { elements: 579.2, rows: 961, '1': 214.9 } },
];

const NOT_COUNTED = 'not counted with this flag; as counted at GCC 12.2 -O3, TFLite Micro reference kernels';

/** The kernels of -O3, for builds that are like it. */
export const FUNCTIONS_LIKE_O3: readonly CountedKernel[] = FUNCTIONS_O3.map((kernel) => ({
  ...kernel,
  grade: 'estimated',
  source: NOT_COUNTED,
}));

/** By the compiler's flag. */
export const FUNCTIONS: Readonly<Record<string, readonly CountedKernel[]>> = {
  '-O2': FUNCTIONS_O2,
  '-O3': FUNCTIONS_O3,
  '-Os': FUNCTIONS_OS,
  '-Ofast': FUNCTIONS_LIKE_O3,
};
