import type { Graph } from './graph.ts';
import { paperCnn } from './paper-cnn.ts';
import { parsePaperSpec } from './paper-spec.ts';

/**
 * The graph of a builder spec such as `paper:8`; undefined where the text is none, so that the caller may try it as a
 * file. Throws a SpecError for a spec that asks for something impossible.
 */
export function modelFromSpec(spec: string): Graph | undefined {
  const paper = parsePaperSpec(spec);
  return paper && paperCnn(paper);
}
