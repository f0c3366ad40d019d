import { SpecError } from '../../errors.ts';
import type { DesignPoint, ModelTemplate } from './space.ts';

/** A name in braces; in it only letters, digits and underscores. */
export const PLACEHOLDER = /\{([A-Za-z][A-Za-z0-9_]*)\}/g;

/** Names in braces, each once, in order; a fixed file has none. */
export function placeholdersOf(model: ModelTemplate): string[] {
  if (model.kind === 'file') return [];
  return [...new Set([...model.text.matchAll(PLACEHOLDER)].map(([, name]) => name))];
}

/** A function of the point that gives its spec: its values in place of the braces. */
export function templateFiller(text: string): (point: DesignPoint) => string {
  // Odd positions of the split are the names in braces.
  const parts = text.split(PLACEHOLDER);
  return (point) => {
    let spec = parts[0];
    for (let part = 1; part < parts.length; part += 2) spec += String(point[parts[part]]) + parts[part + 1];
    return spec;
  };
}

/** The template of a text that a user wrote. Throws a SpecError where it is neither a paper spec nor a JSON layer list. */
export function specTemplate(text: string): ModelTemplate {
  const trimmed = text.trim();
  if (trimmed.startsWith('paper:') || trimmed.startsWith('{')) return { kind: 'spec', text: trimmed };
  throw new SpecError(
    `model: "${text}" is no template; write paper:{filters},k={kernel} or a JSON layer list with {placeholders}`,
  );
}
