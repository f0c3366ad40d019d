import { SpecError } from '../../errors.ts';
import type { PaperCnnOptions } from './paper-cnn.ts';

const PREFIX = 'paper:';
const GRAMMAR =
  'write paper:F or paper:F,k=5,size=28 (keys: k, size, channels, stride, classes, padding, dtype)';

const COUNTS = new Map([
  ['k', 'kernel'],
  ['kernel', 'kernel'],
  ['size', 'side'],
  ['channels', 'channels'],
  ['stride', 'stride'],
  ['classes', 'classes'],
]);

const WORDS = {
  padding: { same: 'SAME', valid: 'VALID' },
  dtype: { float32: 'float32', int8: 'int8' },
} as const;

/**
 * Reads `paper:8` or `paper:8,k=5,size=28,dtype=int8`; undefined where the text is no paper spec.
 * Throws a SpecError that names the part and what is allowed.
 */
export function parsePaperSpec(spec: string): PaperCnnOptions | undefined {
  if (!spec.startsWith(PREFIX)) return undefined;
  const [filters, ...pairs] = spec.slice(PREFIX.length).split(',');
  const fields: Record<string, number | string> = { filters: parseCount(spec, 'F', filters) };
  for (const pair of pairs) {
    const [field, value] = parsePair(spec, pair);
    if (field in fields) throw new SpecError(`${clip(spec)}: "${clip(pair)}" repeats a key`);
    fields[field] = value;
  }
  return fields as unknown as PaperCnnOptions;
}

function parsePair(spec: string, pair: string): [field: string, value: number | string] {
  const equals = pair.indexOf('=');
  const key = pair.slice(0, equals).trim();
  const text = pair.slice(equals + 1).trim();
  const count = COUNTS.get(key);
  if (equals > 0 && count) return [count, parseCount(spec, key, text)];
  if (equals > 0 && Object.hasOwn(WORDS, key)) return [key, parseWord(spec, key as keyof typeof WORDS, text)];
  throw new SpecError(`${clip(spec)}: unknown key "${clip(key || pair)}"; ${GRAMMAR}`);
}

function parseCount(spec: string, key: string, text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new SpecError(
    `${clip(spec)}: ${key} must be a whole number above 0, got "${clip(text)}"; ${GRAMMAR}`,
  );
}

function parseWord(spec: string, key: keyof typeof WORDS, text: string): string {
  const words: Readonly<Record<string, string>> = WORDS[key];
  if (Object.hasOwn(words, text)) return words[text];
  throw new SpecError(
    `${clip(spec)}: ${key} must be ${Object.keys(words).join(' or ')}, got "${clip(text)}"`,
  );
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
