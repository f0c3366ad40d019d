import { describe, expect, it } from 'vitest';
import { v4File } from '../../../test/support/kmodel-v4-file.ts';
import { modelFromBytes } from '../../files/load-model.ts';
import type { KmodelModel } from '../../models/formats/kmodel/kmodel-model.ts';
import { inspectKmodel } from './kmodel-inspection.ts';

const model = modelFromBytes(v4File(), 'digits.kmodel') as KmodelModel;

describe('a kmodel v4', () => {
  // 28x28 outputs of 3x3 taps before the pool; 144 weights, 16 biases.
  it('has the work and the weights of its layers for the KPU, in NCHW', () => {
    const [conv] = inspectKmodel(model, false).ops;
    expect(conv).toMatchObject({
      op: 'KPUConv2D',
      shapeIn: [1, 1, 28, 28],
      shapeOut: [1, 16, 14, 14],
      bodyBytes: 120,
      parameters: 144 + 16,
    });
    expect(conv).not.toHaveProperty('registers');
  });

  it('tells where a layer of the core puts its output in main memory, which costs no multiplications', () => {
    expect(inspectKmodel(model, false).ops[1]).toEqual({
      ...{ index: 1, op: 'Softmax', bodyBytes: 44, macs: 0, parameters: 0 },
      ...{ shapeIn: [], shapeOut: [], mainAddress: 64 },
    });
  });

  it('shows the words for the KPU where they are asked for', () => {
    const [conv, softmax] = inspectKmodel(model, true).ops;
    expect(conv.registers?.image_addr.image_dst_addr).toBe(conv.line);
    expect(softmax).not.toHaveProperty('registers');
  });

  it('sums its layers and names its ends', () => {
    const { format, fileBytes, totals, inputs, outputs, mainMemoryBytes, steps } = inspectKmodel(
      model,
      false,
    );
    expect(format).toBe('kmodel v4');
    expect(totals).toMatchObject({ parameters: 160, bytes: fileBytes });
    expect(inputs).toEqual([{ name: 'input 0', shape: [1, 1, 28, 28], dtype: 'uint8' }]);
    expect(outputs).toEqual([{ name: 'output 0', shape: [10], dtype: 'float32' }]);
    expect([mainMemoryBytes, steps]).toEqual([4096, ['KPUConv2D', 'Softmax']]);
  });
});
