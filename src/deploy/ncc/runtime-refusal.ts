import type { Board } from '../../boards/board/board.ts';
import { KERNELS_CHOICE, UNRUNNABLE_CHOICE } from '../../boards/settings/maixpy-choices.ts';
import { settingOf } from '../../boards/settings/setting.ts';
import type { FurtherLayers } from './further-layers.ts';
import { isWritten, type NccLayer, type NccLayerType, type NccNetwork } from './ncc-network.ts';

/** First layers with which the runtimes start a model; they answer -1 to any other. */
const STARTING: Readonly<Record<string, readonly NccLayerType[]>> = {
  '0.5': ['K210Conv'],
  sdk: ['K210Conv', 'FullyConnected'],
};
const RUNTIMES: Readonly<Record<string, string>> = { '0.5': 'MaixPy 0.5', sdk: "the SDK's runtime" };

/** What of a model the board's runtime does not run, or runs otherwise than it is meant. */
export interface RuntimeFacts {
  /** Why the runtime does not run the model at all; absent where it does, or a setting asks for its time all the same. */
  readonly runtimeRefuses?: string;
  /** The setting by which it is timed all the same. */
  readonly counterfactual?: string;
  readonly warnings: readonly string[];
}

/** A kmodel v3 as MaixPy's library runs it (docs/hardware/k210.md#cpu-layers-in-maixpy); `further` of layers beyond the published network's. */
export function runtimeFacts(
  { layers }: NccNetwork,
  board: Board,
  further: FurtherLayers | undefined,
): RuntimeFacts {
  const kernels = settingOf(board, KERNELS_CHOICE);
  const why = startRefusal(layers, kernels) ?? further?.unhandled(layers);
  const warnings = kernels === 'sdk' ? [] : lostWork(layers, further);
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

/** What MaixPy's library leaves out, a sentence each. */
export function lostWork(layers: readonly NccLayer[], further: FurtherLayers | undefined): string[] {
  const lost: string[] = [];
  for (const layer of layers) {
    const { node, type, activation } = layer;
    const isUnread = type === 'FullyConnected' && activation !== undefined;
    const what = isUnread
      ? `MaixPy reads no activation of a float Dense, so its ${activation} is not applied`
      : further?.lost(layer, layers);
    if (what !== undefined) lost.push(`${node === null ? type : `op ${node} (${type})`}: ${what}`);
  }
  return lost;
}
