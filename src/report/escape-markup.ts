import { visible } from './visible-text.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text that stands in HTML, in SVG, or in an attribute between double quotes; control and direction characters as escapes. */
export function escapeMarkup(text: string): string {
  return visible(text).replace(/[&<>"]/g, (sign) => ENTITIES[sign]);
}
