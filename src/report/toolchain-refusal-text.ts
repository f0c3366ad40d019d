import type { ToolchainRefusal } from '../deploy/program.ts';
import { wrapText } from './format.ts';

/** The head of what is said of a model that the board's converter refuses; nothing for one that it takes. */
export function formatToolchainRefusal(refusal: ToolchainRefusal | undefined): string[] {
  if (!refusal) return [];
  return [head(`${sentence(refusal)}. What follows is a counterfactual, ${inWords(refusal.counterfactual)}`)];
}

/** The same where no counterfactual follows. */
export function formatRefusalAlone(refusal: ToolchainRefusal | undefined): string[] {
  return refusal ? [head(sentence(refusal))] : [];
}

const head = (line: string): string => wrapText(line, ' '.repeat(12), '  refused   ');

function sentence({ node, op, text, instead }: ToolchainRefusal): string {
  return `ncc 0.1.0-rc5 refuses the whole model at op ${node} (${op}): "${text}"; ${instead}`;
}

function inWords(counterfactual: string | undefined): string {
  if (counterfactual === 'float32') return 'the same network given to it in float32';
  return `${counterfactual}: what a later converter would make of it, an estimate`;
}

/** The head of what is said of a model that the board's runtime does not run. */
export function formatRuntimeRefusal(why: string | undefined): string[] {
  return why === undefined ? [] : [head(`${why}`)];
}
