import type { ModelSpec } from './builder.ts';

/** The paper's network as layers: what the authors trained, for 1 to 10 filters. */
export function paperTrainingSpec(filters: number, side = 14, kernel = 3, classes = 10): ModelSpec {
  return {
    name: 'sequential',
    input: [side, side, 1],
    layers: `conv ${filters} ${kernel}x${kernel} same relu | flatten | dense ${classes}`,
  };
}
