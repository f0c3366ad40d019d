import type { ModelSpec } from '../../models/specs/builder.ts';

/** Small networks of one kind of work each, which tell the constants of a board apart. */
const LAYERS: readonly (readonly [name: string, input: readonly number[], layers: string])[] = [
  ['an almost empty network (dense 4 to 4)', [4], 'dense 4'],
  ['a dense layer of 1024 to 256', [1024], 'dense 256'],
  ['a 1x1 convolution of 64 channels on 16x16', [16, 16, 64], 'conv 64 1x1'],
  ['a 3x3 convolution of 16 channels on 24x24', [24, 24, 16], 'conv 16 3x3'],
  ['a depthwise 3x3 convolution of 64 channels on 16x16', [16, 16, 64], 'depthwise 3x3'],
];

export interface CandidateNetwork {
  readonly name: string;
  readonly spec: ModelSpec;
}

/** In float32 and in int8. */
export const CANDIDATES: readonly CandidateNetwork[] = (['float32', 'int8'] as const).flatMap((dtype) =>
  LAYERS.map(([name, input, layers]) => ({ name: `${name}, ${dtype}`, spec: { input, layers, dtype } })),
);
