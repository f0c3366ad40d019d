import type { Graph } from '../../models/graph/graph.ts';
import type { Conversion, ConvertOptions } from './conversion.ts';

type Converter = (graph: Graph, options: ConvertOptions) => Promise<Conversion>;

/** One line a target of `convert --to`; each loads what it needs when it runs. */
export const CONVERTERS: Readonly<Record<string, Converter>> = {
  kmodel: async (graph, options) => (await import('./to-kmodel.ts')).convertKmodel(graph, options),
  kfpkg: async (graph, options) => (await import('./to-kmodel.ts')).convertKfpkg(graph, options),
  int8: async (graph, { dataset }) => {
    const { convertToInt8 } = await import('./to-int8.ts');
    return { ...(await convertToInt8(graph, dataset)), notes: [] };
  },
};
