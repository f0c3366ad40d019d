import type { Graph } from '../graph/graph.ts';
import type { KmodelFile } from './kmodel/file.ts';
import type { KmodelV4 } from './kmodel/read-v4.ts';

interface KmodelBase {
  readonly format: 'kmodel';
  readonly name: string;
  readonly fileBytes: number;
}

export interface KmodelV3Model extends KmodelBase {
  readonly version: 3;
  readonly file: KmodelFile;
}

export interface KmodelV4Model extends KmodelBase {
  readonly version: 4;
  readonly file: KmodelV4;
}

/** A converted network as its file holds it: already a program for one toolchain, layers in the order in which they run. */
export type KmodelModel = KmodelV3Model | KmodelV4Model;

/** What can be deployed: a network, or what a converter has made of one. */
export type Model = Graph | KmodelModel;

export function isKmodel(model: Model): model is KmodelModel {
  return model.format === 'kmodel';
}

/** The model's operators by name, in the order that its messages count. */
export function operatorsOf(model: Model): string[] {
  if (!isKmodel(model)) return model.nodes.map(({ op }) => op);
  if (model.version === 3) return model.file.layers.map(({ type }) => type);
  return model.file.nodes.map(({ name }) => name);
}
