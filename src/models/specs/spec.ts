import { graphOfSpec, parseModelJson } from './builder.ts';
import type { Graph } from '../graph/graph.ts';
import { paperCnn } from './paper-cnn.ts';
import { parsePaperSpec } from './paper-spec.ts';

/** What errors call a spec that is in no file. */
const SPEC = 'spec';

/**
 * The graph of a builder spec, `paper:8,k=5` or a JSON layer list that starts with `{`; undefined where the text is
 * neither, so that the caller may try it as a file. Throws a SpecError for a spec that asks for the impossible.
 */
export function modelFromSpec(spec: string): Graph | undefined {
  const paper = parsePaperSpec(spec);
  if (paper) return paperCnn(paper);
  return spec.trimStart().startsWith('{') ? parseModelJson(spec, SPEC) : undefined;
}

/** The graph of a JSON layer list that was read already: what `modelFromSpec` makes of its text, and throws. */
export function modelFromJson(json: unknown): Graph {
  return graphOfSpec(json, SPEC);
}
