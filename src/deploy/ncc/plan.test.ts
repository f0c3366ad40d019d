import { describe, expect, test } from 'vitest';
import '../../kernels/index.ts';
import { paperCnn } from '../../models/specs/paper-cnn.ts';
import { kmodelBytes } from './kmodel-bytes.ts';
import { lowerGraph } from './lower.ts';
import { planNcc } from './plan.ts';

const lower = (filters: number) => lowerGraph(paperCnn({ filters }), { floatFc: false });

/**
 * docs/hardware/k210.md#its-kmodels, which the vendor's converter wrote: kmodel bytes, main_mem, output, bytes of the
 * last bodies.
 */
const SMALL = [
  [1, 3256, 1768, 1728, 2472],
  [2, 5304, 3528, 3488, 4520],
  [3, 7096, 5296, 5256, 6312],
  [4, 9144, 7056, 7016, 8360],
  [5, 11192, 8824, 8784, 10408],
] as const;
const LARGE = [
  [6, 47808, 10584, 5840, 47104],
  [7, 55648, 12352, 6824, 54944],
  [8, 63488, 14112, 7800, 62784],
  [9, 71328, 15880, 8784, 70624],
  [10, 79168, 17640, 9760, 78464],
] as const;

function planned(filters: number) {
  const network = lower(filters);
  const plan = planNcc(network);
  return {
    types: network.layers.map((layer) => layer.type),
    bodies: kmodelBytes(network),
    main: plan.mainBytes,
    output: plan.addresses[network.outputs[0]].main,
    lowest: plan.maxStartAddress,
  };
}

describe('the kmodel of the reference CNN', () => {
  test.each(SMALL)(
    '%i filters: %i bytes, %i of main memory, output at %i',
    (filters, bytes, main, output, conv2) => {
      expect(planned(filters)).toEqual({
        types: [
          'Input',
          'K210Conv',
          'Dequantize',
          'TensorflowFlatten',
          'Quantize',
          'K210AddPadding',
          'K210Conv',
          'K210RemovePadding',
          'Dequantize',
        ],
        bodies: { bodies: [556, 24, 24, 24, 16, conv2, 16, 24], total: bytes },
        main,
        output,
        lowest: 0,
      });
    },
  );

  test.each(LARGE)(
    '%i filters: %i bytes, %i of main memory, output at %i',
    (filters, bytes, main, output, dense) => {
      expect(planned(filters)).toEqual({
        types: ['Input', 'K210Conv', 'Dequantize', 'TensorflowFlatten', 'FullyConnected'],
        bodies: { bodies: [588, 24, 24, dense], total: bytes },
        main,
        output,
        lowest: 0,
      });
    },
  );

  test.each([
    [1, [0, 200, 984, 784, undefined, 1608, 1592, 1728], [32754, 0, 32572, 0]],
    [5, [0, 984, 4904, 3920, undefined, 8664, 8648, 8784], [32754, 0, 31788, 0]],
  ])('%i filters: every address of the plan', (filters, main, lines) => {
    const { addresses } = planNcc(lower(filters));
    expect(addresses.slice(1).map((address) => address.main)).toEqual(main);
    expect(addresses.flatMap((address) => address.line ?? [])).toEqual(lines);
  });
});
