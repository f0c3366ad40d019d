import type { Graph, GraphNode } from '../../models/graph/graph.ts';

/** What the tool's importer says of one operator, and what to do; undefined where it takes it. */
export type Check = (node: GraphNode, graph: Graph) => readonly [text: string, instead: string] | undefined;

/** What the importer makes of operators that the published network does not have. */
export interface FurtherImports {
  /** What it asks of an operator; undefined of one that it does not import, of quantized networks where `isFloat` is false. */
  checksOf(op: string, isFloat: boolean): readonly Check[] | undefined;
  /** The way out of an operator that it does not import. */
  insteadOf(op: string): string;
  /** What its refusals call it. */
  nameOf(op: string): string;
}

let further: FurtherImports | undefined;

/** Loads them, from now on; `enable-operators.ts` calls it. */
export function setFurtherImports(imports: FurtherImports): void {
  further = imports;
}

/** Throws where they are not loaded, which no operator beyond the published network's can be by itself. */
export function furtherImports(): FurtherImports {
  if (further) return further;
  throw new Error('an operator is loaded without what deploys it: deploy/enable-operators.ts');
}
