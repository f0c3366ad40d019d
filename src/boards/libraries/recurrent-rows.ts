import type { Terms } from '../board/board.ts';
import type { CountedKernel } from './counted-rows.ts';

/** Terms of both kernels in both types. */
interface Recurrent {
  readonly svdf?: Partial<Record<'float32' | 'int8', Terms>>;
  readonly lstm?: Partial<Record<'float32' | 'int8', Terms>>;
}

function rowsOf({ svdf = {}, lstm = {} }: Recurrent): CountedKernel[] {
  const rows = (op: string, terms: Partial<Record<'float32' | 'int8', Terms>>) =>
    Object.entries(terms).map(([dtype, instructions]): CountedKernel => ({
      op,
      dtype: dtype as 'int8',
      instructions,
    }));
  return [...rows('SVDF', svdf), ...rows('UNIDIRECTIONAL_SEQUENCE_LSTM', lstm)];
}

const svdf = (feature: number, memory: number, filters: number, units: number, call: number): Terms => ({
  ...{ featureMacs: feature, timeMacs: memory, filters, outputs: units, '1': call },
});

const lstm = (input: number, state: number, update: number, step: number, call: number): Terms => ({
  ...{ gateInputMacs: input, gateStateMacs: state, cellUpdates: update, timeSteps: step, '1': call },
});

/** SVDF and LSTM, Cortex-M7, GCC 12.2: formulas of `data/instruction-formulas.csv` (shapes held back are within 0.5 %). */
export const TFLM_RECURRENT: Readonly<Record<'O2' | 'O3' | 'Os', readonly CountedKernel[]>> = {
  O2: rowsOf({
    svdf: { float32: svdf(6.006, 10, 29.71, 24.23, 412), int8: svdf(8.995, 15, 82.45, 70.49, 457) },
    lstm: { float32: lstm(5.021, 5.021, 598.8, 2798, 939), int8: lstm(9.99, 10.01, 854.4, 2989, 842) },
  }),
  O3: rowsOf({
    svdf: { float32: svdf(6.006, 10, 29.72, 20.23, 409), int8: svdf(8.991, 15, 82.74, 65.9, 478) },
    lstm: { float32: lstm(5.021, 5.021, 598.8, 2801, 939), int8: lstm(9.99, 10.01, 850.4, 2970, 829) },
  }),
  Os: rowsOf({
    svdf: { float32: svdf(6.006, 13, 37.68, 35.23, 422), int8: svdf(9.985, 18, 81.41, 69.22, 409) },
    lstm: { float32: lstm(6.021, 6.021, 647.8, 2887, 933), int8: lstm(14.98, 15.03, 816.2, 3009, 838) },
  }),
};

/** The order of these terms is that of the counts in `lstmCounts`. */
const blocked = (quads: number, rest: number, odd: number, update: number, step: number, pairs: number) => ({
  ...{ gatePairQuads: quads, gatePairRest: rest, gateOddQuads: odd },
  ...{ cellUpdates: update, timeSteps: step, laterGatePairs: pairs },
});

/** The int8 kernels of CMSIS-NN (shapes held back are within 7 %); its float kernels are the reference's. */
export const CMSIS_RECURRENT: typeof TFLM_RECURRENT = {
  O2: rowsOf({
    svdf: { int8: { filters: 109.7, timeMacs: 11.38, featureMacs: 1.339, '1': 821 } },
    lstm: { int8: { ...blocked(14.99, 7.936, 58.77, 392.9, 1619, 84.28), '1': 546 } },
  }),
  O3: rowsOf({
    svdf: { int8: { filters: 109.1, timeMacs: 11.33, featureMacs: 1.357, '1': 784 } },
    lstm: { int8: { ...blocked(14.98, 8.066, 63.14, 384.9, 1629, 84.28), '1': 512 } },
  }),
  Os: rowsOf({
    svdf: { int8: { filters: 128.6, timeMacs: 12.14, featureMacs: 1.469, '1': 819 } },
    lstm: { int8: { ...blocked(26, 10.07, 99.74, 444.3, 1569, 91.49), '1': 485 } },
  }),
};
