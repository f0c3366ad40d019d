import type { PaperCnnOptions } from '../../models/specs/paper-cnn.ts';
import { parsePaperSpec } from '../../models/specs/paper-spec.ts';
import { orRefusal } from './failure-reason.ts';
import type { DesignPoint } from '../study/space.ts';
import { placeholdersOf, templateFiller } from '../study/template.ts';

/** Stands for the first placeholder while a template is read, the next numbers for the others. */
const FIRST_MARK = 987_654_321;

/**
 * Reads a paper template once: a function that puts a point's values into the options, instead of a text for each point
 * that is then parsed. It gives undefined for a point whose value is no count, which only the parser can judge. Undefined
 * for a template with placeholders elsewhere than in place of whole counts.
 */
export function paperTemplate(
  text: string,
): ((point: DesignPoint) => PaperCnnOptions | undefined) | undefined {
  const names = placeholdersOf({ kind: 'spec', text });
  const marks = Object.fromEntries(names.map((name, at) => [name, FIRST_MARK + at]));
  if (names.some((name) => text.includes(String(marks[name])))) return undefined;
  const marked = orRefusal(() => parsePaperSpec(templateFiller(text)(marks)));
  if (marked === undefined || 'reason' in marked) return undefined;
  const nameOf = (value: number | string): string | undefined => names.find((name) => marks[name] === value);
  const fields = Object.entries(marked).map(([field, value]) => ({ field, value, name: nameOf(value) }));
  if (!names.every((name) => fields.some((field) => field.name === name))) return undefined;
  return (point) => {
    const options: Record<string, number | string> = {};
    for (const { field, value, name } of fields) {
      const given = name === undefined ? value : point[name];
      if (name !== undefined && !(Number.isSafeInteger(given) && Number(given) > 0)) return undefined;
      options[field] = given!;
    }
    if (point.dtype !== undefined) options.dtype = point.dtype;
    return options as unknown as PaperCnnOptions;
  };
}
