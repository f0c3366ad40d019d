import { SpecError } from '../errors.ts';
import type { DesignPoint, ModelTemplate } from './space.ts';

const PLACEHOLDER = /\{([A-Za-z][A-Za-z0-9_]*)\}/g;

/** Names in braces, each once, in order; a fixed file has none. */
export function placeholdersOf(model: ModelTemplate): string[] {
  if (model.kind === 'file') return [];
  return [...new Set([...model.text.matchAll(PLACEHOLDER)].map(([, name]) => name!))];
}

/** The spec of one point: its values in place of the braces. */
export function fillTemplate(text: string, point: DesignPoint): string {
  return text.replace(PLACEHOLDER, (braces, name: string) => String(point[name] ?? braces));
}

/** The template of a text that a user wrote. Throws a SpecError where it is neither a paper spec nor a JSON layer list. */
export function specTemplate(text: string): ModelTemplate {
  const trimmed = text.trim();
  if (trimmed.startsWith('paper:') || trimmed.startsWith('{')) return { kind: 'spec', text: trimmed };
  throw new SpecError(
    `model: "${text}" is no template; write paper:{filters},k={kernel} or a JSON layer list with {placeholders}`,
  );
}
