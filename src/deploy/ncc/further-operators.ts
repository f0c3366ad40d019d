import type { KmodelForm } from '../../kernels/definition/kmodel-form.ts';
import type { Graph } from '../../models/graph/graph.ts';
import type { LoweringContext } from './context.ts';
import type { FurtherLayers } from './further-layers.ts';
import type { NccLayerType, NccNetwork } from './ncc-network.ts';

export type Lowering = (context: LoweringContext, index: number) => void;
export type LoweringName = Extract<KmodelForm, { lowering: unknown }>['lowering'];

/** What ncc makes of operators that the published network does not have; a page that predicts no other has none of it. */
export interface FurtherOperators {
  readonly lowerings: Readonly<Partial<Record<LoweringName, Lowering>>>;
  /** One layer of kmodel v3 with the same meaning. */
  readonly lowerTo: (type: NccLayerType) => Lowering;
  /** What the converter gets wrong of them, a sentence each; of the published network's it gets nothing wrong. */
  readonly defects: (network: NccNetwork, graph: Graph) => string[];
  readonly layers: FurtherLayers;
}

let further: FurtherOperators | undefined;

/** Loads them, from now on; `enable-operators.ts` calls it. */
export function setFurtherOperators(operators: FurtherOperators): void {
  further = operators;
}

/** The converter's mistakes with a network, of operators that are loaded. */
export const loadedDefects: FurtherOperators['defects'] = (network, graph) =>
  further?.defects(network, graph) ?? [];

/** Of layers that operators become which are loaded. */
export const loadedLayers = (): FurtherLayers | undefined => further?.layers;

/** Throws where they are not loaded, which no operator beyond the published network's can be by itself. */
export function furtherOperators(): FurtherOperators {
  if (further) return further;
  throw new Error('an operator is loaded without what deploys it: deploy/enable-operators.ts');
}
