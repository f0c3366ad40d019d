/**
 * A part of the Lab that is loaded when it is asked for. In the one file it stands in the page, as a script of a type that
 * no browser runs; on a static host it is a file beside the page.
 */
export type ResourceName =
  'predict-worker.js' | 'worker.js' | 'weights.json' | 'firmware.js' | 'workbench.js';

const inlined = (name: ResourceName): string | undefined =>
  document.querySelector(`script[data-resource="${name}"]`)?.textContent ?? undefined;

/** Whether the page is the one file that holds all of its parts. */
export const isOneFile = (): boolean => inlined('worker.js') !== undefined;

/** A URL of the resource that a worker or a script can be started from. */
export function resourceUrl(name: ResourceName): string {
  const text = inlined(name);
  if (text === undefined) return new URL(name, document.baseURI).href;
  return URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
}

/** The text of the resource. Throws an Error that names it where it is not there. */
export async function resourceText(name: ResourceName): Promise<string> {
  const text = inlined(name);
  if (text !== undefined) return text;
  const response = await fetch(new URL(name, document.baseURI));
  if (!response.ok) throw new Error(`${name} is missing beside this page`);
  return response.text();
}
