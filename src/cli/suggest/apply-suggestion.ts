import { SpecError } from '../../errors.ts';
import { writeTflite } from '../../files/tflite.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { hasOpenWeights, withDrawnWeights } from '../../models/specs/synthetic-weights.ts';
import type { Suggestions } from '../../suggest/suggest.ts';
import { replaceFile } from '../replace-file.ts';

/**
 * Writes the network of one suggestion as a .tflite. Throws a SpecError where there is no such suggestion, where it changes
 * nothing of the network, or where the change leaves weights that nobody knows.
 */
export async function applySuggestion(
  { suggestions }: Suggestions,
  rank: number,
  given: Graph,
  path: string,
): Promise<string> {
  const chosen = suggestions[rank - 1];
  if (!chosen) throw new SpecError(`--apply ${rank}: there are ${suggestions.length} suggestions`);
  const { edit, graph } = chosen;
  if (!edit.change) {
    throw new SpecError(
      `--apply ${rank}: "${edit.title}" is an option, not a change of the network; pass it to predict`,
    );
  }
  const isOpen = hasOpenWeights(graph);
  if (isOpen && !hasOpenWeights(given)) {
    throw new SpecError(
      `--apply ${rank}: "${edit.title}" needs weights that the file does not have; make the change where the network is trained`,
    );
  }
  await replaceFile(path, writeTflite(isOpen ? withDrawnWeights(graph) : graph));
  return isOpen
    ? `${path} written, with drawn weights: the model had none`
    : `${path} written: ${edit.title}`;
}
