import type { Graph } from '../models/graph.ts';
import type { KmodelSummary } from './convert-kmodel.ts';

/** What a user may choose about a conversion. */
export interface ConvertOptions {
  /** A folder of images, or mnist. */
  readonly dataset: string | undefined;
  readonly floatFc: boolean;
  readonly channelwiseOutput: boolean;
  /** Flash address of a package's model, as it was typed. */
  readonly address: string;
}

/** A converted model, not yet written. */
export interface Conversion {
  readonly bytes: Uint8Array;
  /** How many images its ranges come from. */
  readonly images: number;
  readonly kmodel?: KmodelSummary;
  /** Sentences for the user. */
  readonly notes: readonly string[];
}

type Converter = (graph: Graph, options: ConvertOptions) => Promise<Conversion>;

/** One line a target of `convert --to`; each loads what it needs when it runs. */
export const CONVERTERS: Readonly<Record<string, Converter>> = {
  kmodel: async (graph, options) => (await import('./convert-kmodel.ts')).convertKmodel(graph, options),
  kfpkg: async (graph, options) => (await import('./convert-kmodel.ts')).convertKfpkg(graph, options),
  int8: async (graph, { dataset }) => {
    const { convertToInt8 } = await import('./convert-int8.ts');
    return { ...(await convertToInt8(graph, dataset)), notes: [] };
  },
};
