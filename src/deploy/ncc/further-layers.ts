import { elementsOf, isWritten, type NccLayer, type NccLayerType } from './ncc-network.ts';

/** What MaixPy's library makes of layers that only operators beyond the published network's become. */
export interface FurtherLayers {
  /** Why it stops at one of them; undefined where it runs all. */
  unhandled(layers: readonly NccLayer[]): string | undefined;
  /** What it leaves out of one; undefined where it computes it whole. */
  lost(layer: NccLayer, layers: readonly NccLayer[]): string | undefined;
}

/** Layers that compute as many values as there are channels, whatever the map. */
const ROWS: readonly NccLayerType[] = ['Softmax', 'Logistic', 'L2Normalization'];

function unhandled(layers: readonly NccLayer[]): string | undefined {
  if (!layers.some(({ type }) => type === 'MaxPool2d')) return undefined;
  const position = layers.filter(isWritten).findIndex(({ type }) => type === 'MaxPool2d');
  return (
    `layer ${position} is a MaxPool2d of floats (id 7), for which the runtime has no handler: it stops with "Layer is not ` +
    'supported."; pool behind a convolution'
  );
}

function lost({ type, inputs, shape }: NccLayer, layers: readonly NccLayer[]): string | undefined {
  if (!ROWS.includes(type)) return undefined;
  const { h, w } = layers[inputs[0]]?.shape ?? shape;
  if (h * w <= 1) return undefined;
  return (
    `the runtime computes the first ${shape.c} of ${elementsOf(shape)} values and leaves the others as they are; ` +
    'flatten the map before it'
  );
}

export const FURTHER_LAYERS: FurtherLayers = { unhandled, lost };
