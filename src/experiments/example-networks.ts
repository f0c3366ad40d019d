import { dsCnn, personDetector, resnet8, type NetworkShape } from '../calibrate/population/network-specs.ts';
import { FIRST_MODEL } from './experiment-state.ts';

/** A network to begin with: what people call it, and the spec that an experiment names. */
export interface ExampleNetwork {
  readonly title: string;
  readonly model: string;
}

const written = (title: string, name: string, shape: NetworkShape): ExampleNetwork => ({
  title,
  model: JSON.stringify({ name, ...shape }),
});

/** Networks to begin with: the paper's, and three of which everybody has heard, as layers without trained weights. */
export const EXAMPLE_NETWORKS: readonly ExampleNetwork[] = [
  { title: 'Digits', model: FIRST_MODEL },
  written('Keyword spotting', 'Keyword spotting (DS-CNN)', dsCnn()),
  written('Person', 'Person detection (MobileNetV1 x 0.25)', personDetector()),
  written('CIFAR-10', 'CIFAR-10 (ResNet-8)', resnet8()),
];
