import { dsCnn, personDetector, resnet8, type NetworkShape } from '../calibrate/population/network-specs.ts';
import { EXAMPLE_TITLES } from './example-titles.ts';
import { FIRST_MODEL } from './experiment-state.ts';

/** A network to begin with: what people call it, and the spec that an experiment names. */
export interface ExampleNetwork {
  readonly title: string;
  readonly model: string;
}

const SHAPES: readonly (() => NetworkShape)[] = [dsCnn, personDetector, resnet8];

/** Networks to begin with: the paper's, and three of which everybody has heard, as layers without trained weights. */
export const EXAMPLE_NETWORKS: readonly ExampleNetwork[] = EXAMPLE_TITLES.map(({ title, name }, at) => {
  const shape = SHAPES[at - 1]?.();
  return { title, model: shape ? JSON.stringify({ name, ...shape }) : FIRST_MODEL };
});
