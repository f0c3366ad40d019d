import { SEPARATOR } from '../../models/specs/builder.ts';
import type { DesignPoint } from '../study/space.ts';
import { PLACEHOLDER, templateFiller } from '../study/template.ts';

/** Begins the string that stands for a bare placeholder while a template is read: a letter of no alphabet. */
const MARK = '\uE000';
/** A spec, its layers, a layer, the list of a field. */
const MAX_DEPTH = 4;
/** What would end a string of JSON or a layer, or stand for something else there. */
const NOT_AS_WRITTEN = /["\\|\p{Cc}]/u;

type Fill = (point: DesignPoint) => unknown;

/**
 * Reads a JSON template once: a function that puts a point's values into the spec, instead of a text for each point that
 * is then parsed. It gives undefined for a point whose values JSON might read as something else, which only the parser
 * can judge. Undefined for a template that is no JSON before its placeholders are filled.
 */
export function jsonTemplate(text: string): Fill | undefined {
  const read = readTemplate(text);
  if (read === undefined) return undefined;
  const template = new JsonTemplate();
  const fill = template.fillerOf(read, 0) ?? (() => read);
  const { inTexts, bare } = template;
  // What keys hold, or values that a later one replaces, only the parser sees.
  if (inTexts.length + bare.length !== (text.match(PLACEHOLDER) ?? []).length) return undefined;
  const addsDtype = !text.includes('{dtype}');
  return (point) => {
    if (!inTexts.every((name) => isAsWritten(point[name]))) return undefined;
    if (!bare.every((name) => Number.isFinite(point[name]))) return undefined;
    const spec = fill(point) as object;
    return addsDtype && point.dtype !== undefined ? { dtype: point.dtype, ...spec } : spec;
  };
}

/**
 * The template's JSON, a string with a mark in place of each placeholder that is in no string. A text of layers becomes
 * their list: those that no axis touches then are the same string at each point, which who reads layers knows.
 */
function readTemplate(text: string): object | undefined {
  if (!text.startsWith('{') || /\\|__proto__/.test(text) || text.includes(MARK)) return undefined;
  // Odd pieces are within quotes: there is no backslash.
  const pieces = text.split('"');
  for (let piece = 0; piece < pieces.length; piece += 2) {
    pieces[piece] = pieces[piece].replace(PLACEHOLDER, `"${MARK}{$1}"`);
  }
  try {
    const read = JSON.parse(pieces.join('"')) as { layers?: unknown };
    if (typeof read.layers === 'string') read.layers = read.layers.split(SEPARATOR);
    return Object.keys(read).length > 0 ? read : undefined;
  } catch {
    return undefined;
  }
}

function isAsWritten(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && !NOT_AS_WRITTEN.test(value));
}

/** How the values of a template are filled, and the names of their placeholders, each as often as it is there. */
class JsonTemplate {
  readonly inTexts: string[] = [];
  readonly bare: string[] = [];

  /** Undefined for a value without placeholders, or deeper than specs go. */
  fillerOf(value: unknown, depth: number): Fill | undefined {
    if (typeof value === 'string') return this.#textFiller(value);
    if (typeof value !== 'object' || value === null || depth === MAX_DEPTH) return undefined;
    const parts = Object.entries(value).flatMap(([key, part]) => {
      const fill = this.fillerOf(part, depth + 1);
      return fill ? [{ key, fill }] : [];
    });
    if (parts.length === 0) return undefined;
    return (point) => {
      const filled = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
      for (const { key, fill } of parts) filled[key] = fill(point);
      return filled;
    };
  }

  #textFiller(value: string): Fill | undefined {
    const names = [...value.matchAll(PLACEHOLDER)].map(([, name]) => name);
    if (names.length === 0) return undefined;
    if (!value.startsWith(MARK)) {
      this.inTexts.push(...names);
      return templateFiller(value);
    }
    this.bare.push(...names);
    // As the text of a number is read: there is no -0.
    return (point) => Number(String(point[names[0]]));
  }
}
