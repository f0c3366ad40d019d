import * as tf from '@tensorflow/tfjs-core';
import type { TrainLayer } from './train-layers.ts';

/** Values of a network's parameters and running statistics, layer by layer. */
export interface Snapshot {
  readonly parameters: readonly (readonly Float32Array[])[];
  /** Of batch normalization layers. */
  readonly statistics: readonly (Float32Array | undefined)[];
}

/** A chain of layers with the variables that training changes. Call `dispose` at the end. */
export class Network {
  readonly layers: readonly TrainLayer[];
  readonly #variables: readonly (readonly tf.Variable[])[];

  constructor(layers: readonly TrainLayer[]) {
    this.layers = layers;
    this.#variables = layers.map(({ parameters }) =>
      parameters.map(({ shape, initial }) => tf.variable(tf.tensor(initial, [...shape]))),
    );
  }

  get variables(): tf.Variable[] {
    return this.#variables.flat();
  }

  forward(batch: tf.Tensor, training: boolean): tf.Tensor {
    return this.layers.reduce((x, layer, index) => layer.forward(x, this.#variables[index], training), batch);
  }

  snapshot(): Snapshot {
    return {
      parameters: this.#variables.map((own) =>
        own.map((variable) => Float32Array.from(variable.dataSync() as Float32Array)),
      ),
      statistics: this.layers.map(({ batchNorm }) => batchNorm?.snapshot()),
    };
  }

  dispose(): void {
    for (const variable of this.variables) variable.dispose();
  }
}
