import type { Graph } from '../graph/graph.ts';
import type { KmodelModel } from './kmodel/kmodel-model.ts';

/** What can be deployed: a network, or what a converter has made of one. */
export type Model = Graph | KmodelModel;

/** Whether a model is a kmodel, and not a network. */
export function isKmodel(model: Model): model is KmodelModel {
  return model.format === 'kmodel';
}

/** The model's operators by name, in the order that its messages count. */
export function operatorsOf(model: Model): string[] {
  if (!isKmodel(model)) return model.nodes.map(({ op }) => op);
  if (model.version === 3) return model.file.layers.map(({ type }) => type);
  return model.file.nodes.map(({ name }) => name);
}
