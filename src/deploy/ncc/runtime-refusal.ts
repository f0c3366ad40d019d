import type { Board } from '../../boards/board/board.ts';
import { KERNELS_CHOICE, UNRUNNABLE_CHOICE } from '../../boards/settings/maixpy-choices.ts';
import { settingOf } from '../../boards/settings/setting.ts';
import { elementsOf, isWritten, type NccLayer, type NccLayerType, type NccNetwork } from './ncc-network.ts';

/** First layers with which the runtimes start a model; they answer -1 to any other. */
const STARTING: Readonly<Record<string, readonly NccLayerType[]>> = {
  '0.5': ['K210Conv'],
  sdk: ['K210Conv', 'FullyConnected'],
};
const RUNTIMES: Readonly<Record<string, string>> = { '0.5': 'MaixPy 0.5', sdk: "the SDK's runtime" };
/** Layers that compute as many values as there are channels, whatever the map. */
const ROWS: readonly NccLayerType[] = ['Softmax', 'Logistic', 'L2Normalization'];

/** What of a model the board's runtime does not run, or runs otherwise than it is meant. */
export interface RuntimeFacts {
  /** Why the runtime does not run the model at all; absent where it does, or a setting asks for its time all the same. */
  readonly runtimeRefuses?: string;
  /** The setting by which it is timed all the same. */
  readonly counterfactual?: string;
  readonly warnings: readonly string[];
}

/** A kmodel v3 as MaixPy's library runs it (docs/hardware/k210.md#cpu-layers-in-maixpy). */
export function runtimeFacts({ layers }: NccNetwork, board: Board): RuntimeFacts {
  const kernels = settingOf(board, KERNELS_CHOICE);
  const why = startRefusal(layers, kernels) ?? handlerRefusal(layers);
  const warnings = kernels === 'sdk' ? [] : lostWork(layers);
  if (why === undefined) return { warnings };
  if (settingOf(board, UNRUNNABLE_CHOICE) === 'refuse') {
    return {
      runtimeRefuses: `${why}; --set ${UNRUNNABLE_CHOICE.key}=estimate gives what its layers would take`,
      warnings,
    };
  }
  return {
    counterfactual: `${UNRUNNABLE_CHOICE.key}=estimate`,
    warnings: [`timed as if it ran, but ${why}`, ...warnings],
  };
}

function startRefusal(layers: readonly NccLayer[], kernels: string): string | undefined {
  const first = layers.find(isWritten);
  const starting = STARTING[kernels];
  if (!first || starting.includes(first.type)) return undefined;
  const ofSdk = first.type === 'FullyConnected' ? `, or --set ${KERNELS_CHOICE.key}=sdk` : '';
  return (
    `the first layer is ${first.type}, and ${RUNTIMES[kernels]} runs only models whose first layer is ` +
    `${starting.join(' or ')} ("first layer not conv layer!"); put a convolution first${ofSdk}`
  );
}

function handlerRefusal(layers: readonly NccLayer[]): string | undefined {
  if (!layers.some(({ type }) => type === 'MaxPool2d')) return undefined;
  const position = layers.filter(isWritten).findIndex(({ type }) => type === 'MaxPool2d');
  return (
    `layer ${position} is a MaxPool2d of floats (id 7), for which the runtime has no handler: it stops with "Layer is not ` +
    'supported."; pool behind a convolution'
  );
}

/** What MaixPy's library leaves out, a sentence each. */
export function lostWork(layers: readonly NccLayer[]): string[] {
  const lost: string[] = [];
  for (const layer of layers) {
    const what = lostBy(layer, layers);
    if (what === undefined) continue;
    lost.push(`${layer.node === null ? layer.type : `op ${layer.node} (${layer.type})`}: ${what}`);
  }
  return lost;
}

function lostBy(
  { type, activation, inputs, shape }: NccLayer,
  layers: readonly NccLayer[],
): string | undefined {
  if (type === 'FullyConnected' && activation !== undefined)
    return `MaixPy reads no activation of a float Dense, so its ${activation} is not applied`;
  if (!ROWS.includes(type)) return undefined;
  const { h, w } = layers[inputs[0]]?.shape ?? shape;
  if (h * w <= 1) return undefined;
  return (
    `the runtime computes the first ${shape.c} of ${elementsOf(shape)} values and leaves the others as they are; ` +
    'flatten the map before it'
  );
}
