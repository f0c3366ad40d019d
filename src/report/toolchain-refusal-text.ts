import type { ToolchainRefusal } from '../deploy/program.ts';
import { wrapText } from './format.ts';

/** The head of what is said of a model that the board's converter refuses; nothing for one that it takes. */
export function formatToolchainRefusal(refusal: ToolchainRefusal | undefined): string[] {
  if (!refusal) return [];
  const { node, op, text, instead } = refusal;
  const line =
    `ncc 0.1.0-rc5 refuses the whole model at op ${node} (${op}): "${text}"; ${instead}. What follows is what a later ` +
    'converter would make of it';
  return [wrapText(line, ' '.repeat(12), '  refused   ')];
}
